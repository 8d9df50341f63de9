"""Hypothesis finds the same examples on every machine: a failure is a failure for everybody, and told soon.

Once an example fails, it is made smaller for at most `SHRINKING_SECONDS`, where Hypothesis would take five minutes; it
has no setting for that. What it is not asked for is an explanation, which runs hundreds of examples more.
"""

from hypothesis import HealthCheck, Phase, settings
from hypothesis.internal.conjecture import engine

SHRINKING_SECONDS = 10
assert engine.MAX_SHRINKING_SECONDS > SHRINKING_SECONDS, "Hypothesis keeps its limit elsewhere now"
engine.MAX_SHRINKING_SECONDS = SHRINKING_SECONDS

settings.register_profile(
    "reportgen",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=100,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.large_base_example],
)
settings.load_profile("reportgen")
