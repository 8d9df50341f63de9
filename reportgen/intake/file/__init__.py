"""A stranger's file and its cells: package, XML, and a save that gives the same bytes."""
