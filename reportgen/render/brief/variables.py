"""The theme as CSS variables: its colours and its font. Names and values were checked when the theme was read."""

from __future__ import annotations

from reportgen.render.theme import Theme


def values(theme: Theme) -> dict[str, str]:
    """Each value by the name of its variable."""
    colours = {f"--{role.replace('_', '-')}": colour for role, colour in theme.colours.items()}
    return {**colours, "--font": f'"{theme.fonts["brief"]}"'}


def rule(theme: Theme) -> str:
    """The rule that sets them all."""
    return f":root {{ {' '.join(f'{name}: {value};' for name, value in values(theme).items())} }}"
