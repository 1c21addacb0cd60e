"""An envelope with the address on it: from whom, to whom, in which language, on which list."""

from datetime import datetime

from flows.steps.catalogue.programme import Programme
from flows.steps.mail.letter import Envelope
from flows.steps.mail.recipients import Recipient


def addressed(
    programme: Programme,
    reader: Recipient,
    mail_id: str,
    edition: str,
    at: datetime,
    title: str,
    subject: str,
) -> Envelope:
    """The envelope of one mail to one reader; what the letter says is put in with `replace`.

    The list that the mail belongs to is the reader's audience in this programme.
    """
    language = reader.speaks
    return Envelope(
        mail_id=mail_id,
        edition=edition,
        sender_name=programme.sender_name,
        sender_address=programme.sender_address,
        recipient_name=reader.name,
        recipient_address=reader.address,
        language=language,
        programme=programme.name_ro if language == "ro" else programme.name_en,
        title=title,
        subject=subject,
        is_demonstration=programme.is_demonstration,
        list_id=f"{reader.audience}.{programme.programme_id}",
        contact=programme.contact,
        at=at,
    )
