"""The feed: services that other systems (IVLE, IWS and the like) say a customer has (ILL-103 to ILL-105).

A source writes its records, by its token over HTTP, by a file, or where it is asked; a planner decides in the inbox of
the customer what becomes of each: a new service of the plan, one that is there already, or nothing. Modules in order:
`enums`, `models`, `facts` (what a source says of one service), `taking` (records are filed), `mapping` (what a source
calls a service), `files`, `bringing` and `asking` (where they come from), `deciding` (what becomes of them), `tokens`;
then forms, views, administration, `api`.
"""
