"""What pages call the states of a mail."""

from app_workers.inventory.models.mails import MailStatus

STATUSES = {
    MailStatus.WAITING: "Waiting",
    MailStatus.ACCEPTED: "Handed over",
    MailStatus.SENT: "Sent",
    MailStatus.DELIVERED: "Delivered",
    MailStatus.FAILED: "Not sent",
    MailStatus.BOUNCED: "Came back",
}

TONES = {
    MailStatus.WAITING: "neutral",
    MailStatus.ACCEPTED: "neutral",
    MailStatus.SENT: "success",
    MailStatus.DELIVERED: "success",
    MailStatus.FAILED: "danger",
    MailStatus.BOUNCED: "danger",
}
