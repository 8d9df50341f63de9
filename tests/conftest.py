"""Hypothesis finds the same examples on every machine: a failure is a failure for everybody."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "reportgen",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.large_base_example],
)
settings.load_profile("reportgen")
