"""The real settings with a worker that forgets a dead colleague's lease after seconds instead of minutes."""

from mehrwert.settings import *  # noqa: F403
from mehrwert.settings import Q_CLUSTER

Q_CLUSTER = {**Q_CLUSTER, "retry": 8}
