"""Steps that customers propose; the planner adds those that apply (12.7.5, Action Steps, note)."""
