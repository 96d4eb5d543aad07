"""Prometheus metrics of one app: requests, answers by how they ended, and the queue."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from walkdown_server.queueing import AnswerQueue

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 60, 120)


class Metrics:
    """The counters of one app, in a registry of their own so that two apps in a process do not clash."""

    def __init__(self, queue: AnswerQueue) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "walkdown_requests", "HTTP requests.", ["method", "route", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "walkdown_request_seconds", "Time of a request.", ["route"], registry=self.registry, buckets=_SECONDS
        )
        self.answers = Counter("walkdown_answers", "Answers by status.", ["pack", "status"], registry=self.registry)
        self.first_token = Histogram(
            "walkdown_first_token_seconds", "Question to first token.", registry=self.registry, buckets=_SECONDS
        )
        running = Gauge("walkdown_answers_running", "Answers being generated.", registry=self.registry)
        running.set_function(lambda: queue.running)
        waiting = Gauge("walkdown_answers_waiting", "Answers waiting for a place.", registry=self.registry)
        waiting.set_function(lambda: queue.waiting)

    def text(self) -> bytes:
        """The exposition format."""
        return generate_latest(self.registry)
