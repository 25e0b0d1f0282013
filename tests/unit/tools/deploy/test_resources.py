"""What an environment needs besides its workers."""

from tools.deploy.resources import Kind, Resource, needed


def test_what_many_workers_name_is_needed_once():
    config = {"d1_databases": [{"binding": "DB", "database_name": "ganger-platform"}]}
    assert needed([config, config]) == [Resource(Kind.DATABASE, "ganger-platform")]


def test_a_queue_needs_its_dead_letters_too():
    producer = {"queues": {"producers": [{"binding": "JOBS", "queue": "jobs"}]}}
    consumer = {"queues": {"consumers": [{"queue": "jobs", "dead_letter_queue": "dead-jobs"}]}}
    assert needed([producer, consumer]) == [
        Resource(Kind.QUEUE, "dead-jobs"),
        Resource(Kind.QUEUE, "jobs"),
    ]


def test_buckets_are_needed():
    assert needed([{"r2_buckets": [{"binding": "FILES", "bucket_name": "files"}]}]) == [
        Resource(Kind.BUCKET, "files")
    ]


def test_a_worker_without_data_needs_nothing():
    assert needed([{"name": "ganger-batch"}]) == []
