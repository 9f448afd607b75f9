"""The table of everything in the product that writes rows, and the guard that each place stands behind."""

# What writes: functions of the product, and methods of rows, querysets, links and cursors.
WRITERS = {"record", "record_all", "record_quietly", "insert_quickly", "update_quickly"}
WRITING_METHODS = {
    "save", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "update", "delete",
    "set", "add", "remove", "clear", "execute", "executemany", "copy", "raw",
}  # fmt: skip

# What a place asks before it writes. Each locks the plan (or the row) first, asks who, then whether.
GUARDS = {
    "check": "this transition, by this person, from this state",
    "for_changing": "a draft is open, and a planner of the customer",
    "for_recording": "the plan is open, and a planner of the customer",
    "item_for_saving": "bound values in a draft, free ones in an open plan, and nothing was changed meanwhile",
    "require_editor": "a planner of the customer; there is no plan yet, or the rows are the customer's own",
    "require_actor": "a planner of the customer, the plan locked",
    "locked": "the request still waits",
    "lock_plan": "the plan locked, then what is written is looked at again",
    "select_for_update": "the row locked, then looked at again",
}


class Asks(str):
    """The function calls this guard itself."""


class Behind(frozenset):
    """The function has no guard of its own: these are all that call it, and each stands in the table or asks."""

    def __new__(cls, *callers: str):
        return super().__new__(cls, callers)


class NoPlan(str):
    """Nothing of a plan is written; why."""


CHANGE, RECORD, ITEM, EDITOR = (
    Asks("for_changing"),
    Asks("for_recording"),
    Asks("item_for_saving"),
    Asks("require_editor"),
)
CHECK, LOCK = Asks("check"), Asks("lock_plan")
LIST = NoPlan("a list that an administrator keeps")
DEMO = NoPlan("the demo people and made-up customers, who are new; trial and development only")
TRIGGERS = NoPlan("for migrations")
VALUES = NoPlan("a dictionary or a list, or a file")

PLACES: dict[str, Asks | Behind | NoPlan] = {
    # the ground: what writes any row, for those below
    "careerplan.base.history.tracking.record": NoPlan("writes for its callers, who are all in this table"),
    "careerplan.base.history.tracking.record_all": NoPlan("writes for its callers, who are all in this table"),
    "careerplan.base.history.tracking.record_quietly": NoPlan("writes for its callers, who are all in this table"),
    "careerplan.base.database.insert_quickly": NoPlan("writes for its callers, who are all in this table"),
    "careerplan.base.database.update_quickly": NoPlan("writes for its callers, who are all in this table"),
    "careerplan.base.history.rows.History.create_historical_record": NoPlan("history rows"),
    "careerplan.base.admin.TrackedAdmin.save_model": LIST,
    "careerplan.base.admin.TrackedAdmin.save_formset": LIST,
    "careerplan.base.drafts.keep": NoPlan("what a person typed into a form"),
    "careerplan.base.drafts.drop": NoPlan("what a person typed into a form"),
    "careerplan.base.forms.RowForm.refuse": VALUES,
    "careerplan.base.forms.PageForm.leave_out": VALUES,
    "careerplan.base.keyset.address": VALUES,
    "careerplan.base.database.keep_rows": TRIGGERS,
    "careerplan.base.database.refuse_deletion": TRIGGERS,
    "careerplan.base.database.same_plan": TRIGGERS,
    "careerplan.base.database.same_plan_link": TRIGGERS,
    "careerplan.base.database.drop_same_plan": TRIGGERS,
    "careerplan.base.database.refuse": TRIGGERS,
    "careerplan.base.database.refuse_at_commit": TRIGGERS,
    "careerplan.base.database.allow": TRIGGERS,
    "careerplan.base.database.drop_trigger": TRIGGERS,
    "careerplan.base.database.plain_collation": TRIGGERS,
    "careerplan.base.sqlite.base.SchemaEditor._remake_table": TRIGGERS,
    # people and messages
    "careerplan.accounts.admin.PersonAdmin.save_model": NoPlan("a person"),
    "careerplan.accounts.forms.PasswordForm.save": NoPlan("a person"),
    "careerplan.accounts.models.UserManager.create_user": NoPlan("a person"),
    "careerplan.messaging.actions.notify": NoPlan("a message"),
    "careerplan.messaging.actions.mark_read": NoPlan("a message"),
    "careerplan.messaging.actions.deliver_next": NoPlan("a message"),
    "careerplan.messaging.actions.put_off": NoPlan("a message"),
    "careerplan.messaging.admin.NotificationAdmin.try_again": NoPlan("a message"),
    # customers
    "customers.actions.add_case_note": EDITOR,
    "customers.actions.save_assessment": EDITOR,
    "customers.actions.write_summary": EDITOR,
    "customers.actions.store": Behind("customers.actions.upload_file", "customers.actions.file_by_system"),
    "customers.views.reset_password": NoPlan("a person"),
    # plans
    "careerplan.plans.actions.start_plan": EDITOR,
    "careerplan.plans.actions.move_legacy_plan": Behind("careerplan.plans.actions.start_plan"),
    "careerplan.plans.actions.register_legacy_plan": EDITOR,
    "careerplan.plans.actions.begin_version": Behind(
        "careerplan.plans.actions.start_plan",
        "careerplan.plans.actions.open_review",
        "goals.actions.join_or_open_draft",
    ),
    "careerplan.plans.actions.follow_enrollments": Behind(
        "careerplan.plans.actions.begin_version",
        "acknowledgments.actions.send",
        "acknowledgments.reviews.review_without_customer",
    ),
    "careerplan.plans.barriers.save_barrier": ITEM,
    "careerplan.plans.actions.take_out": Behind(
        "careerplan.plans.barriers.remove_barrier",
        "goals.actions.remove_goal",
        "goals.actions.remove_career_goal",
        "goals.steps.remove_step",
        "services.actions.remove_service",
    ),
    "careerplan.plans.barriers.note_on_plan": CHANGE,
    "careerplan.plans.actions.end_plan": Behind(
        "careerplan.plans.actions.close_plan", "careerplan.plans.actions.mark_not_completed"
    ),
    "careerplan.plans.transitions.move": Behind(
        "careerplan.plans.actions.mark_not_completed",
        "acknowledgments.actions.send",
        "acknowledgments.actions.recall",
        "acknowledgments.actions.activate",
        "acknowledgments.restoring.delete_draft",
        "acknowledgments.restoring.recover_draft",
    ),
    # goals
    "goals.actions.save_goal": ITEM,
    "goals.actions.start_goal_of": Behind("services.actions.save_service"),
    "goals.actions.set_career_goal": ITEM,
    "goals.actions.bring_back": CHANGE,
    "goals.steps.save_step": ITEM,
    "goals.actions.save_career_path": EDITOR,
    # services
    "services.actions.add_service": ITEM,
    "services.actions.save_service": ITEM,
    "services.actions.link_barriers": Behind("services.actions.save_service"),
    "services.actions.change_funding": RECORD,
    "services.actions.add_credential": EDITOR,
    # acknowledgments
    "acknowledgments.actions.send": CHECK,
    "acknowledgments.actions.seal_contents": Behind(
        "acknowledgments.actions.send",
        "acknowledgments.reviews.review_without_customer",
        "acknowledgments.restoring.keep_contents",
    ),
    "acknowledgments.actions.order_form": Behind(
        "acknowledgments.actions.send",
        "acknowledgments.actions.acknowledge",
        "acknowledgments.agreements.record_agreement",
        "acknowledgments.reviews.review_without_customer",
    ),
    "acknowledgments.actions.recall": CHECK,
    "acknowledgments.actions.withdraw_request": Behind(
        "acknowledgments.actions.recall",
        "acknowledgments.agreements.record_agreement",
        "acknowledgments.restoring.decline",
    ),
    "acknowledgments.actions.note_opened": NoPlan("that the customer has seen the page, once"),
    "acknowledgments.actions.acknowledge": CHECK,
    "acknowledgments.actions.keep_evidence": Behind("acknowledgments.actions.acknowledge"),
    "acknowledgments.permissions.set_permission": Behind(
        "acknowledgments.permissions.authorise",
        "acknowledgments.permissions.take_permission_back",
        "acknowledgments.permissions.permit_steps_as_they_stand",
    ),
    "acknowledgments.agreements.record_agreement": CHECK,
    "acknowledgments.agreements.file_evidence": EDITOR,
    "acknowledgments.agreements.note_unable": Asks("require_actor"),
    "acknowledgments.reviews.keep_record": Behind("acknowledgments.reviews.review_without_customer"),
    "acknowledgments.filing.file_form": Behind("acknowledgments.filing.make_form"),
    "acknowledgments.filing.note_failure": Behind("acknowledgments.filing.make_form"),
    "acknowledgments.filing.tell_customer": LOCK,
    "acknowledgments.filing.try_again": EDITOR,
    "acknowledgments.changes.formers": VALUES,
    "acknowledgments.restoring.added_services": VALUES,
    "acknowledgments.printing.with_header_scopes": VALUES,
    "acknowledgments.goal_change.CarryOver.keep": Behind(
        "acknowledgments.goal_change.CarryOver.career_goals",
        "acknowledgments.goal_change.CarryOver.barriers",
        "acknowledgments.goal_change.CarryOver.goals",
        "acknowledgments.goal_change.CarryOver.services",
        "acknowledgments.goal_change.CarryOver.steps",
    ),
    "acknowledgments.goal_change.CarryOver.services": Behind("acknowledgments.goal_change.change_employment_goal"),
    "acknowledgments.restoring.keep_contents": Behind(
        "acknowledgments.restoring.delete_draft", "acknowledgments.restoring.decline"
    ),
    "acknowledgments.restoring.restoring": Behind("acknowledgments.restoring.decline"),
    "acknowledgments.restoring.restore": Behind(
        "acknowledgments.restoring.restore_agreed", "acknowledgments.restoring.recover_draft"
    ),
    "acknowledgments.restoring.take_added_out": Behind("acknowledgments.restoring.restore"),
    "acknowledgments.restoring.bring_back": Behind("acknowledgments.restoring.restore"),
    "acknowledgments.restoring.follow_former": Behind("acknowledgments.restoring.restore"),
    "acknowledgments.staff_requests.ask": EDITOR,
    "acknowledgments.staff_requests.answer": Asks("locked"),
    "acknowledgments.staff_requests.end": Behind(
        "acknowledgments.staff_requests.answer", "acknowledgments.staff_requests.withdraw"
    ),
    # the top
    "careerplan.pages.session.healthz": NoPlan("asks whether the database answers"),
    "careerplan.pages.drafts.draft_drop": NoPlan("what a person typed into a form"),
    "careerplan.reference.add_missing": LIST,
    "careerplan.demo.build.found_or_made": DEMO,
    "careerplan.demo.build.build_person": DEMO,
    "careerplan.demo.build.build_customer": DEMO,
    "careerplan.demo.many.save": DEMO,
    "careerplan.demo.many.move_all": DEMO,
    "careerplan.demo.many.link_barriers": DEMO,
    "careerplan.demo.many.seal_all": DEMO,
    "careerplan.demo.many.ask_all": DEMO,
    "careerplan.demo.many.acknowledge_all": DEMO,
    "careerplan.demo.many.go_on": DEMO,
}  # fmt: skip

# Functions that write nothing themselves, or not without a guard, and call those above: what each asks.
CALLERS: dict[str, Asks | Behind | NoPlan] = {
    "customers.actions.upload_file": EDITOR,
    "customers.actions.file_by_system": Behind("acknowledgments.filing.file_form"),
    "careerplan.plans.actions.open_review": RECORD,
    "careerplan.plans.barriers.remove_barrier": CHANGE,
    "careerplan.plans.actions.close_plan": RECORD,
    "careerplan.plans.actions.mark_not_completed": CHECK,
    "goals.actions.join_or_open_draft": Behind("goals.actions.save_goal"),
    "goals.actions.remove_goal": CHANGE,
    "goals.actions.remove_career_goal": CHANGE,
    "goals.steps.remove_step": CHANGE,
    "services.actions.remove_service": CHANGE,
    "acknowledgments.actions.activate": Behind(
        "acknowledgments.actions.acknowledge",
        "acknowledgments.agreements.record_agreement",
        "acknowledgments.reviews.review_without_customer",
    ),
    "acknowledgments.permissions.authorise": Behind(
        "acknowledgments.actions.activate", "acknowledgments.agreements.note_unable"
    ),
    "acknowledgments.permissions.take_permission_back": Behind(
        "acknowledgments.actions.recall", "acknowledgments.restoring.decline"
    ),
    "acknowledgments.permissions.permit_steps_as_they_stand": Behind("acknowledgments.restoring.restore"),
    "acknowledgments.filing.make_form": Asks("select_for_update"),
    "acknowledgments.goal_change.change_employment_goal": RECORD,
    **{
        f"acknowledgments.goal_change.CarryOver.{kind}": Behind("acknowledgments.goal_change.change_employment_goal")
        for kind in ("career_goals", "barriers", "goals", "steps")
    },
    "acknowledgments.reviews.review_without_customer": CHECK,
    "acknowledgments.restoring.delete_draft": CHECK,
    "acknowledgments.restoring.recover_draft": CHECK,
    "acknowledgments.restoring.decline": CHECK,
    "acknowledgments.restoring.restore_agreed": Behind(
        "acknowledgments.restoring.delete_draft", "acknowledgments.restoring.decline"
    ),
    "acknowledgments.staff_requests.withdraw": Asks("locked"),
}
TABLE = PLACES | CALLERS
