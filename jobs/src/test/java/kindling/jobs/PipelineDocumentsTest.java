package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import kindling.jobs.io.Storage;
import kindling.jobs.shard.TokenShards;
import kindling.prep.token.Tokenizer;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the jobs that prepare documents left, from raw files to token shards. */
@ExtendWith(TinyPipeline.Shared.class)
class PipelineDocumentsTest {
    private final WorkFolder work;

    PipelineDocumentsTest(TinyPipeline pipeline) {
        work = pipeline.work();
    }

    private Tokenizer tokenizer() throws IOException {
        return Tokenizer.parse(Files.readString(work.resolve("tokenizer/tokenizer.json")));
    }

    @Test
    void ingestKeepsIdsAndNamesSources() {
        List<Row> documents = work.rows("documents");

        assertThat(documents).hasSize(TinyPipeline.RAW_DOCUMENTS);
        assertThat(documents.get(0).schema().fieldNames())
                .containsExactly("id", "text", "source", "url", "language", "meta");
        assertThat(work.texts("documents")).containsEntry("story-03", TinyCorpus.story(3));
        assertThat(documents)
                .extracting(row -> row.<String>getAs("source"))
                .contains("stories.jsonl", "deep/plain.txt", "deep/short.txt", "page.html");
        assertThat(work.rows("documents/_rejected")).singleElement().satisfies(row -> {
            assertThat(row.getString(1)).isEqualTo("ingest");
            assertThat(row.getString(2)).isEqualTo("invalid_json");
            assertThat(row.getString(3)).startsWith("stories.jsonl: byte ");
        });
        assertThat(work.report("documents").path("files_in").asInt()).isEqualTo(4);
    }

    @Test
    void ingestTakesTheMainContentOfAPage() {
        Row page = work.rows("documents").stream()
                .filter(row -> row.<String>getAs("source").equals("page.html"))
                .findFirst()
                .orElseThrow();

        assertThat(page.<String>getAs("text")).isEqualTo(TinyCorpus.story(52));
        assertThat(page.<String, String>getJavaMap(5)).containsEntry("title", "A page");
    }

    @Test
    void filterDropsTheShortDocumentWithItsReason() {
        assertThat(work.rows("filtered")).hasSize(TinyPipeline.RAW_DOCUMENTS - 1);
        assertThat(work.rows("filtered/_rejected"))
                .extracting(row -> row.getString(1) + " " + row.getString(2))
                .containsExactly("filter length_too_short");
    }

    @Test
    void dedupKeepsTheSmallestIdOfEachCluster() {
        assertThat(work.texts("distinct")).hasSize(TinyPipeline.CLEAN_DOCUMENTS).containsKey(TinyCorpus.TWICE);
        assertThat(work.rows("distinct/_rejected"))
                .extracting(row -> row.getString(0) + " " + row.getString(2))
                .containsExactly("twin duplicate_exact", "variant duplicate_near");
        List<Row> clusters = work.rows("distinct/_clusters");
        assertThat(clusters).hasSize(TinyPipeline.RAW_DOCUMENTS - 1);
        assertThat(clusters.get(0).schema().fieldNames()).containsExactly("id", "cluster", "kept", "similarity");
        assertThat(clusters)
                .filteredOn(row -> !row.getBoolean(2))
                .allMatch(row -> row.getString(1).equals(TinyCorpus.TWICE));
    }

    @Test
    void redactFindsAtCodePointsOfTheOriginalText() {
        Row finding = work.rows("redacted/_findings").get(0);

        assertThat(finding.schema().fieldNames()).containsExactly("id", "start", "end", "type", "score");
        assertThat(finding.getString(0)).isEqualTo("personal");
        assertThat(finding.getString(3)).isEqualTo("EMAIL");
        String original = work.texts("distinct").get("personal");
        int start = original.offsetByCodePoints(0, finding.getInt(1));
        int end = original.offsetByCodePoints(0, finding.getInt(2));
        assertThat(original.substring(start, end)).isEqualTo(TinyCorpus.ADDRESS);
        assertThat(work.texts("redacted").get("personal")).startsWith("𝔸 letter for <EMAIL> waits");
        assertThat(work.report("redacted").path("findings").toString()).isEqualTo("{\"EMAIL\":1}");
    }

    @Test
    void findingsOfADroppedDocumentAreDroppedWithIt() throws IOException {
        Files.writeString(work.resolve("same-id.jsonl"), """
                {"id": "a", "text": "Ask anna@example.org for the key."}
                {"id": "a", "text": "Nobody is to be asked; but there is also bert@example.org who knows."}
                """);

        work.run("redact", "same-id", "--input=@same-id.jsonl");

        assertThat(work.rows("same-id")).hasSize(1);
        assertThat(work.rows("same-id/_findings")).hasSize(1);
    }

    @Test
    void splitPutsEveryDocumentIntoOnePart() {
        TreeSet<String> all = new TreeSet<>(work.texts("split/train").keySet());
        assertThat(all)
                .doesNotContainAnyElementsOf(work.texts("split/heldout").keySet())
                .isNotEmpty();

        all.addAll(work.texts("split/heldout").keySet());

        assertThat(all).isEqualTo(work.texts("redacted").keySet());
        assertThat(work.report("split").path("rows_out").asInt()).isEqualTo(TinyPipeline.CLEAN_DOCUMENTS);
    }

    @Test
    void encodeGivesIdsThatDecodeToTheText() throws IOException {
        Map<String, String> texts = work.texts("redacted");
        Tokenizer tokenizer = tokenizer();

        List<Row> encoded = work.rows("encoded");

        assertThat(encoded).hasSize(TinyPipeline.CLEAN_DOCUMENTS).allSatisfy(row -> {
            int[] ids =
                    row.<Integer>getList(1).stream().mapToInt(Integer::intValue).toArray();
            assertThat(tokenizer.decode(ids)).isEqualTo(texts.get(row.getString(0)));
        });
    }

    @Test
    void tokenizeIndexesDocumentsThatEndWithTheEndOfText() throws IOException {
        Tokenizer tokenizer = tokenizer();
        Map<String, String> texts = work.texts("redacted");
        var shards = TokenShards.open(Storage.absolute(work.resolve("shards").toString()));
        try (var reader = shards.reader()) {
            for (Row row : work.rows("shards/index.parquet")) {
                int[] ids = reader.ids(row.getInt(1), row.getLong(2), (int) (row.getLong(3) - row.getLong(2)));
                assertThat(tokenizer.decode(ids)).isEqualTo(texts.get(row.getString(0)) + Tokenizer.END_OF_TEXT);
            }
        }
        assertThat(work.rows("shards/index.parquet")).hasSize(TinyPipeline.CLEAN_DOCUMENTS);
        assertThat(work.report("shards").path("tokens").asLong()).isEqualTo(shards.tokens());
        assertThat(work.report("shards").path("unigram_entropy_nats").asDouble())
                .isBetween(1.0, Math.log(300));
    }

    @Test
    void jsonLinesHoldWhatParquetHolds() throws IOException {
        work.run("ingest", "documents-jsonl", "--input=@raw", "--output-format=jsonl");
        work.run("filter", "filtered-jsonl", "--input=@documents-jsonl", "--rules=length", "--output-format=jsonl");

        List<Row> rows = LocalSpark.spark()
                .read()
                .json(work.resolve("filtered-jsonl").toString())
                .select("id", "text", "source")
                .orderBy("id")
                .collectAsList();

        assertThat(rows)
                .extracting(Row::toString)
                .isEqualTo(LocalSpark.spark()
                        .read()
                        .parquet(work.resolve("filtered").toString())
                        .select("id", "text", "source")
                        .orderBy("id")
                        .collectAsList()
                        .stream()
                        .map(Row::toString)
                        .toList());
        try (Stream<Path> files = Files.list(work.resolve("filtered-jsonl/_rejected"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.startsWith(".")))
                    .isNotEmpty()
                    .allMatch(name -> name.matches("part-\\d{5}\\.jsonl"));
        }
    }
}
