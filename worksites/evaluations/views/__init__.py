"""The pages of what a supervisor is asked: the supervisor's own, and the planner's."""
