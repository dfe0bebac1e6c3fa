"""Athena: its own SQL, and a lake read in place, only the partitions that a query asks for."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from local.aws.testing import Endpoint
from tests.integration.embedded_aws import kit

DAYS = ["2025-03-01", "2025-03-02", "2025-03-03"]


@dataclass(frozen=True, slots=True)
class Lake:
    """A bucket with a table `calls` of two tenants and three days, ten calls each."""

    endpoint: Endpoint
    bucket: str
    database: str
    sizes: dict[tuple[str, str], int]

    def query(self, sql: str, *parameters: str) -> "Answer":
        athena = kit.client(self.endpoint, "athena")
        given: dict[str, Any] = {"ExecutionParameters": list(parameters)} if parameters else {}
        query_id = athena.start_query_execution(
            QueryString=sql,
            QueryExecutionContext={"Database": self.database},
            ResultConfiguration={"OutputLocation": f"s3://{self.bucket}/results/"},
            **given,
        )["QueryExecutionId"]
        return kit.eventually(lambda: self._answer(athena, query_id))

    def _answer(self, athena: Any, query_id: str) -> "Answer | None":
        execution = athena.get_query_execution(QueryExecutionId=query_id)["QueryExecution"]
        state = execution["Status"]["State"]
        if state not in ("SUCCEEDED", "FAILED"):
            return None
        rows = athena.get_query_results(QueryExecutionId=query_id)["ResultSet"]["Rows"] if state == "SUCCEEDED" else []
        texts = [tuple(cell.get("VarCharValue") for cell in row["Data"]) for row in rows[1:]]
        return Answer(query_id, state, texts, execution)


@dataclass(frozen=True, slots=True)
class Answer:
    query_id: str
    state: str
    rows: list[tuple[str | None, ...]]
    execution: dict[str, Any]

    @property
    def scanned(self) -> int:
        return int(self.execution["Statistics"]["DataScannedInBytes"])

    @property
    def reason(self) -> str:
        return str(self.execution["Status"].get("StateChangeReason", ""))


@pytest.fixture(scope="session")
def repaired_lake(repaired: Endpoint, tmp_path_factory: pytest.TempPathFactory) -> Lake:
    return lake_in(repaired, tmp_path_factory.mktemp("lake"))


@pytest.fixture(scope="session")
def stock_lake(stock: Endpoint, tmp_path_factory: pytest.TempPathFactory) -> Lake:
    return lake_in(stock, tmp_path_factory.mktemp("lake"))


def lake_in(endpoint: Endpoint, folder: Path) -> Lake:
    s3, glue = kit.client(endpoint, "s3"), kit.client(endpoint, "glue")
    bucket, database = kit.unique("lake"), kit.unique("lake").replace("-", "_")
    s3.create_bucket(Bucket=bucket)
    glue.create_database(DatabaseInput={"Name": database})
    glue.create_table(DatabaseName=database, TableInput=calls_table(bucket))
    sizes = {}
    for number, (tenant, day) in enumerate((tenant, day) for tenant in ("t_a", "t_b") for day in DAYS):
        body = parquet(folder / f"{number}.parquet", number)
        sizes[tenant, day] = len(body)
        s3.put_object(Bucket=bucket, Key=f"calls/tenant={tenant}/dt={day}/part.parquet", Body=body)
    return Lake(endpoint, bucket, database, sizes)


def parquet(file: Path, number: int) -> bytes:
    """Ten calls of number * 100 + 0..9 seconds, from noon UTC on."""
    columns = f"""'c' || i AS id, {number} * 100 + i AS talk_s, '{{"lang": "de"}}' AS attributes,
        TIMESTAMP '2025-03-01 12:00:00' + INTERVAL (i) HOUR AS began_at"""
    duckdb.sql(f"COPY (SELECT {columns} FROM range(10) AS r(i)) TO '{file}' (FORMAT parquet)")
    return file.read_bytes()


def calls_table(bucket: str) -> dict[str, Any]:
    types = {"id": "string", "talk_s": "bigint", "attributes": "string", "began_at": "timestamp", "added": "string"}
    return {
        "Name": "calls",
        "TableType": "EXTERNAL_TABLE",
        "StorageDescriptor": {
            "Location": f"s3://{bucket}/calls/",
            "Columns": [{"Name": name, "Type": kind} for name, kind in types.items()],
            "InputFormat": "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
            "SerdeInfo": {"SerializationLibrary": "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"},
        },
        "PartitionKeys": [{"Name": "tenant", "Type": "string"}, {"Name": "dt", "Type": "string"}],
        "Parameters": {
            "classification": "parquet",
            "projection.enabled": "true",
            "projection.tenant.type": "injected",
            "projection.dt.type": "date",
            "projection.dt.format": "yyyy-MM-dd",
            "projection.dt.range": "2025-01-01,NOW",
            "storage.location.template": f"s3://{bucket}/calls/tenant=${{tenant}}/dt=${{dt}}/",
        },
    }


ONE_TENANT = "SELECT count(*) AS n, sum(talk_s) AS s FROM calls WHERE tenant = 't_b'"


@pytest.mark.parametrize(
    ("condition", "days"),
    [
        ("", DAYS),
        (" AND dt = '2025-03-02'", DAYS[1:2]),
        (" AND dt BETWEEN '2025-03-02' AND '2025-03-31'", DAYS[1:]),
        (" AND dt >= '2025-03-02' AND dt < '2025-03-03'", DAYS[1:2]),
        (" AND '2025-03-02' > dt", DAYS[:1]),
        (" AND (dt IN ('2025-03-01', '2025-03-03'))", [DAYS[0], DAYS[2]]),
        (" AND dt = '2024-01-01'", []),
    ],
)
def test_query_reads_the_partitions_it_names_and_counts_their_bytes(
    repaired_lake: Lake, condition: str, days: list[str]
) -> None:
    answer = repaired_lake.query(ONE_TENANT + condition)
    numbers = [3 + DAYS.index(day) for day in days]
    total = sum(number * 1000 + 45 for number in numbers)
    assert answer.rows == [(str(10 * len(days)), str(total) if days else None)], answer.reason
    assert answer.scanned == sum(repaired_lake.sizes["t_b", day] for day in days)


def test_bytes_mean_nothing_without_the_repair(stock_lake: Lake) -> None:
    assert stock_lake.query(ONE_TENANT).scanned < min(stock_lake.sizes.values())


def test_joined_and_nested_tables_are_each_pruned(repaired_lake: Lake) -> None:
    answer = repaired_lake.query(
        """WITH first AS (SELECT * FROM calls WHERE tenant = 't_a' AND dt = '2025-03-01')
        SELECT count(*) AS n FROM first JOIN calls AS c ON c.id = first.id
        WHERE c.tenant = 't_b' AND c.dt = DATE '2025-03-03' AND c.added IS NULL"""
    )
    assert answer.rows == [("10",)], answer.reason
    assert answer.scanned == repaired_lake.sizes["t_a", "2025-03-01"] + repaired_lake.sizes["t_b", "2025-03-03"]


def test_query_that_names_no_tenant_is_refused_as_on_aws(repaired_lake: Lake, stock_lake: Lake) -> None:
    sql = "SELECT count(*) AS n FROM calls WHERE dt = '2025-03-01'"
    refused = repaired_lake.query(sql)
    assert (refused.state, refused.reason[:20]) == ("FAILED", "CONSTRAINT_VIOLATION")
    assert stock_lake.query(sql).rows == [("20",)]


def test_deleted_object_is_no_longer_read(repaired_lake: Lake) -> None:
    s3 = kit.client(repaired_lake.endpoint, "s3")
    key = "calls/tenant=t_gone/dt=2025-03-01/part.parquet"
    s3.copy_object(
        Bucket=repaired_lake.bucket,
        Key=key,
        CopySource=f"{repaired_lake.bucket}/calls/tenant=t_a/dt=2025-03-01/part.parquet",
    )
    sql = ONE_TENANT.replace("t_b", "t_gone")
    assert repaired_lake.query(sql).rows[0][0] == "10"
    s3.delete_object(Bucket=repaired_lake.bucket, Key=key)
    assert repaired_lake.query(sql).rows[0][0] == "0"


DIALECT = [
    ("approx_percentile(talk_s, 0.5)", "304"),
    ("date_format(min(began_at), '%H:%i')", "12:00"),
    ("json_extract_scalar(max(attributes), '$.lang')", "de"),
    ("date_format(min(began_at) AT TIME ZONE 'Europe/Berlin', '%H:%i')", "13:00"),
    ("date_diff('hour', min(began_at), timestamp '2025-03-01 13:59:00')", "1"),
    ("element_at(transform(array[1, 2], x -> x * 2), 2)", "4"),
    ("count_if(talk_s > 304)", "5"),
]


@pytest.mark.parametrize(("expression", "value"), DIALECT)
def test_athena_sql_runs(repaired_lake: Lake, expression: str, value: str) -> None:
    where = "WHERE tenant = 't_b' AND dt = '2025-03-01'"
    answer = repaired_lake.query(f"SELECT {expression} AS v FROM calls {where} LIMIT 1")
    assert answer.state == "SUCCEEDED", answer.reason
    assert answer.rows == [(value,)]


def test_athena_sql_fails_without_the_repair(stock_lake: Lake) -> None:
    assert stock_lake.query("SELECT approx_percentile(talk_s, 0.5) AS v FROM calls").state == "FAILED"


def test_parameters_take_the_place_of_question_marks(repaired_lake: Lake, stock_lake: Lake) -> None:
    sql = "SELECT count(*) AS n, '?' AS mark FROM calls WHERE tenant = ? AND dt = ?"
    assert repaired_lake.query(sql, "'t_a'", "'2025-03-01'").rows == [("10", "?")]
    assert stock_lake.query(sql, "'t_a'", "'2025-03-01'").state == "FAILED"


def test_results_are_printed_and_placed_as_on_aws(repaired_lake: Lake, stock_lake: Lake) -> None:
    sql = "SELECT TIMESTAMP '2025-03-01 12:00:00' AS at, ARRAY[1, 2] AS l, CAST(1.50 AS DECIMAL(5, 2)) AS d, true AS b"
    answer = repaired_lake.query(sql)
    assert answer.rows == [("2025-03-01 12:00:00.000", "[1, 2]", "1.50", "true")]
    file = kit.client(repaired_lake.endpoint, "s3").get_object(
        Bucket=repaired_lake.bucket, Key=f"results/{answer.query_id}.csv"
    )
    assert file["Body"].read().decode().splitlines()[1].startswith('"2025-03-01 12:00:00.000"')
    assert stock_lake.query(sql).rows[0][0] == "2025-03-01 12:00:00"
    stored = kit.client(stock_lake.endpoint, "s3").list_objects_v2(Bucket=stock_lake.bucket, Prefix="results/")
    assert all(entry["Key"].count(".csv/") == 1 for entry in stored["Contents"])


def test_what_is_unloaded_lies_as_parquet_where_it_was_asked_for(repaired_lake: Lake, stock_lake: Lake) -> None:
    def unloading(lake: Lake, tenant: str) -> str:
        day = "CASE WHEN dt = '2025-03-01' THEN NULL ELSE dt END AS day"
        select = f"SELECT tenant, {day} FROM calls WHERE tenant = '{tenant}'"
        kind = "format = 'PARQUET', compression = 'SNAPPY'"
        return f"UNLOAD ({select}) TO 's3://{lake.bucket}/out/{tenant}/' WITH ({kind})"

    assert repaired_lake.query(unloading(repaired_lake, "t_a")).state == "SUCCEEDED"
    assert repaired_lake.query(unloading(repaired_lake, "t_nobody")).state == "SUCCEEDED"
    s3 = kit.client(repaired_lake.endpoint, "s3")
    found = s3.list_objects_v2(Bucket=repaired_lake.bucket, Prefix="out/")["Contents"]
    assert [one["Key"].startswith("out/t_a/") for one in found] == [True], "nothing found writes nothing"
    assert s3.get_object(Bucket=repaired_lake.bucket, Key=found[0]["Key"])["Body"].read(4) == b"PAR1"
    assert stock_lake.query(unloading(stock_lake, "t_a")).state == "FAILED"
