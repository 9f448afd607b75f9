"""How a goal goes: what the planner says as it goes off track, and as it is complete (Illinois workNet, Set Goals)."""
