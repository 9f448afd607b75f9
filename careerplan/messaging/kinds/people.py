"""What people write to each other: its words are theirs."""

from careerplan.messaging.enums import Notice
from careerplan.messaging.kinds.kind import Audience, Kind, register


@register
class Written(Kind):
    notice = Notice.MESSAGE
    goes_to = Audience.EVERYBODY
    subject = ""
    body = ""
    in_text_message = True
