"""reportgen: what a bitcoin costs each miner, and what miners could be forced to sell."""
