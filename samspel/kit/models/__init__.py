"""What every app needs a table for."""

from samspel.kit.models.job import Job
from samspel.kit.models.mail import Mail, Unsubscription
from samspel.kit.models.schedule import ScheduleMark
from samspel.kit.models.trail import TrailEntry

__all__ = ["Job", "Mail", "ScheduleMark", "TrailEntry", "Unsubscription"]
