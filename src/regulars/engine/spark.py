"""Spark, for tables that outgrow one machine: the same statements, said in its words.

It needs `pip install regulars[spark]` and a Java runtime. Nothing it starts listens beyond this machine.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq
import pyspark.sql
from pyspark.errors import PySparkRuntimeError

from regulars.engine.dialect import to_spark
from regulars.errors import Unavailable
from regulars.words import _

#: A word that Spark is taught: a Python function, and Spark's name for the type of its answer.
Word = tuple[Callable[..., object], str]

_QUIET = Path(__file__).with_name("spark_log.properties")
_LOCAL = {
    "spark.master": "local[*]",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",  # it would be printed among the data
    "spark.log.level": "ERROR",
    "spark.driver.defaultJavaOptions": f"-Dlog4j2.configurationFile={_QUIET.as_uri()}",
    "spark.sql.session.timeZone": "UTC",
}


#: The sessions of this process that have not ended.
_open: list[pyspark.sql.SparkSession] = []


class SparkSession:
    """Named relations of one Spark application."""

    dialect = "spark"

    def __init__(self, spark: pyspark.sql.SparkSession, scratch: Path) -> None:
        """Its relations are its own; they are gone with it."""
        self.spark = spark
        self.scratch = scratch

    def table(self, name: str, data: pa.Table | pa.RecordBatchReader) -> None:
        """Give an Arrow table a name."""
        whole = data if isinstance(data, pa.Table) else data.read_all()
        self.spark.createDataFrame(whole).createOrReplaceTempView(name)

    def parquet(self, name: str, files: Sequence[Path], empty: pa.Schema) -> None:
        """Give Parquet files a name; with no files, an empty table of that schema."""
        if not files:
            self.table(name, empty.empty_table())
            return
        self.spark.read.parquet(*map(str, files)).createOrReplaceTempView(name)

    def create(self, name: str, sql: str, parameters: Mapping[str, object] | None = None) -> None:
        """Compute a statement once and keep its rows under a name.

        The rows stand for themselves: a plan that still told how they were made would be planned anew by each
        statement that reads them, which took minutes where relations are made of relations.
        """
        self._frame(sql, parameters).localCheckpoint().createOrReplaceTempView(name)

    def view(self, name: str, sql: str) -> None:
        """Give a statement a name, computed at each use."""
        self._frame(sql).createOrReplaceTempView(name)

    def drop(self, *names: str) -> None:
        """Forget relations that nothing needs any more, and give their memory back."""
        for name in names:
            self.spark.catalog.dropTempView(name)

    def rows(self, sql: str, parameters: Mapping[str, object] | None = None) -> pa.Table:
        """Run a statement and return its rows."""
        return self._frame(sql, parameters).toArrow()

    def batches(self, sql: str, rows: int = 100_000) -> Iterator[pa.RecordBatch]:
        """Run a statement and return its rows in batches, by way of a file, so that memory stays flat."""
        with TemporaryDirectory(dir=self.scratch) as folder:
            file = Path(folder) / "rows.parquet"
            self.write_parquet(sql, file)
            with pq.ParquetFile(file) as written:
                yield from written.iter_batches(rows)

    def write_parquet(self, sql: str, file: Path) -> int:
        """Run a statement into a Parquet file and return the number of rows."""
        with TemporaryDirectory(dir=self.scratch) as folder:
            writer = self._frame(sql).coalesce(1).write.mode("overwrite")
            writer.option("compression", "zstd").parquet(folder)
            (part,) = Path(folder).glob("part-*.parquet")
            part.replace(file)
        return int(pq.read_metadata(file).num_rows)

    def _frame(self, sql: str, parameters: Mapping[str, object] | None = None) -> pyspark.sql.DataFrame:
        return self.spark.sql(to_spark(sql), args=dict(parameters or {}))


class SparkEngine:
    """Starts Spark, and teaches it words that SQL does not have."""

    name = "spark"

    def __init__(
        self,
        scratch: Path,
        *,
        words: Mapping[str, Word] | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        """`scratch` is a folder on the disk of result files; `words` are functions that statements may call.

        `settings` are Spark's own, by name; without any it is on this machine alone, on all its processors.
        """
        self.scratch = scratch
        self.words = dict(words or {})
        self.settings = {**_LOCAL, "spark.local.dir": str(scratch), **(settings or {})}

    @contextmanager
    def session(self, *, megabytes: int | None = None) -> Iterator[SparkSession]:
        """A fresh session, forgotten at the end. Several are of one application, and know nothing of each other; the
        last one to end stops it. Its memory is the application's, whatever is asked for."""
        application = self._start()
        spark = application.newSession()
        _open.append(spark)
        try:
            for name, (function, kind) in self.words.items():
                spark.udf.register(name, function, kind)
            yield SparkSession(spark, self.scratch)
        finally:
            _open.remove(spark)
            if not _open:
                application.stop()

    def _start(self) -> pyspark.sql.SparkSession:
        asked = pyspark.sql.SparkSession.builder.appName("regulars").config(map=self.settings)
        try:
            spark = asked.getOrCreate()
        except PySparkRuntimeError as problem:
            raise Unavailable(
                _("Spark does not start: {problem}", problem=str(problem).partition("\n")[0]),
                _("install a Java runtime, version 17 or newer, and see that `java -version` answers"),
            ) from problem
        spark.sparkContext.pythonExec = (
            sys.executable
        )  # else its workers are whatever Python is first on the path
        return spark
