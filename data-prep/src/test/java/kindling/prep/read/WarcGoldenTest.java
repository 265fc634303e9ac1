package kindling.prep.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import kindling.prep.Document;
import kindling.prep.read.RecordList.Found;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real archives, whole, old, odd and broken, against what a reader of another hand found in them (see the README beside
 * them for where they come from and what is expected).
 */
class WarcGoldenTest {
    private static final Path FOLDER = Path.of(System.getProperty("kindling.data", "../../shared/data"), "web");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long READ_BYTES = 10_000_000; // at most 300 times, and no more than so many bytes in all
    private static JsonNode expected;
    private static Map<String, List<JsonNode>> expectedRecords;

    @BeforeAll
    static void readExpectations() throws IOException {
        assumeTrue(Files.isRegularFile(FOLDER.resolve("expected.json")), () -> "no archives at " + FOLDER);
        expected = JSON.readTree(FOLDER.resolve("expected.json").toFile());
        List<JsonNode> records = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FOLDER.resolve("records.jsonl.gz"))), UTF_8))) {
            for (String line : lines.lines().toList()) {
                records.add(JSON.readTree(line));
            }
        }
        expectedRecords = records.stream()
                .collect(Collectors.groupingBy(record -> record.get("file").asText()));
    }

    static Stream<String> files() throws IOException {
        if (!Files.isDirectory(FOLDER)) {
            return Stream.of("none");
        }
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.contains(".warc") || name.contains(".arc"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static byte[] bytes(String file) throws IOException {
        return Files.readAllBytes(FOLDER.resolve(file));
    }

    @ParameterizedTest
    @MethodSource("files")
    void findsTheRecordsThatAreThere(String file) throws IOException {
        JsonNode truth = expected.get(file);

        RecordList read = RecordList.of(file, bytes(file));

        List<JsonNode> records = expectedRecords.get(file);
        for (int i = 0; i < records.size(); i++) {
            Found found = read.records.get(i);
            JsonNode record = records.get(i);
            assertThat(found.type()).isEqualTo(record.get("type").asText());
            assertThat(found.url()).isEqualTo(record.get("uri").asText());
            assertThat(found.length()).isEqualTo(record.get("length").asLong());
            assertThat(found.sha256()).isEqualTo(record.get("sha256").asText());
        }
        if (truth.get("intact").asBoolean()) {
            assertThat(read.records).hasSize(truth.get("records").asInt());
            assertThat(read.losses).isEmpty();
        } else {
            assertThat(read.records).hasSize(truth.get("records_with_resync").asInt());
            assertThat(read.losses).hasSize(1);
        }
        assertThat(read.records.subList(0, truth.get("records").asInt()))
                .filteredOn(record ->
                        record.type().equals("response") && record.httpType().equals("text/html"))
                .hasSize(truth.get("response_html").asInt());
    }

    @Test
    void clippedFileTellsWhere() throws IOException {
        RecordList read = RecordList.of("a.warc.gz", bytes("made.sample-0000-clipped.warc.gz"));

        assertThat(read.losses)
                .containsExactly(new RecordList.Lost("107996", "truncated", "the compressed data ends too early"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyRecordIsADocumentOrARejection(String file) throws IOException {
        byte[] bytes = bytes(file);
        RecordList records = RecordList.of(file, bytes);

        Collected read = Collected.from(file, bytes);

        assertThat(read.documents.size() + read.rejections.size())
                .isEqualTo(records.records.size() + records.losses.size());
        assertThat(Stream.concat(
                        read.documents.stream().map(Document::id),
                        read.rejections.stream().map(Collected.Rejection::id)))
                .doesNotHaveDuplicates();
    }

    @Test
    void crawledPagesBecomeDocuments() throws IOException {
        assertThat(Collected.from("0.warc.gz", bytes("dolma.sample-0000.warc.gz")).documents)
                .hasSize(22);
        assertThat(Collected.from("1.warc.gz", bytes("dolma.sample-0001.warc.gz")).documents)
                .hasSize(15);
    }

    @ParameterizedTest
    @MethodSource("files")
    void partsTogetherGiveWhatTheWholeGives(String file) throws IOException {
        byte[] bytes = bytes(file);
        List<Object> whole = RecordList.of(file, bytes).all();

        for (int partBytes : new int[] {1, 7, 100, 1_000, 10_000}) {
            if (bytes.length / partBytes < 1_000) { // a part costs some hundred KB of inflating
                assertThat(RecordList.ofParts(file, bytes, partBytes).all())
                        .as("parts of %d bytes", partBytes)
                        .isEqualTo(whole);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void cutFilesGiveTheRecordsBeforeTheCut(String file) throws IOException {
        byte[] bytes = bytes(file);
        List<Found> whole = RecordList.of(file, bytes).records;
        Random random = new Random(1);

        for (int trial = 0; trial < trials(bytes); trial++) {
            int length = random.nextInt(bytes.length);
            List<Found> read = RecordList.of(file, Arrays.copyOf(bytes, length)).records;
            assertThat(whole).as("cut at %d", length).containsAll(read);
            assertThat(read).as("cut at %d", length).containsAll(before(whole, length));
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void damagedFilesGiveTheRecordsBeforeTheDamage(String file) throws IOException {
        byte[] bytes = bytes(file);
        List<Found> whole = RecordList.of(file, bytes).records;
        Random random = new Random(1);

        for (int trial = 0; trial < trials(bytes); trial++) {
            byte[] damaged = bytes.clone();
            int at = random.nextInt(bytes.length);
            damaged[at] ^= (byte) (1 + random.nextInt(255));
            RecordList read = RecordList.of(file, damaged);
            assertThat(read.records).as("damage at %d", at).containsAll(before(whole, at));
            if (whole.stream().noneMatch(record -> record.position().contains("+")) && file.endsWith(".gz")) {
                assertThat(whole).as("damage at %d", at).containsAll(read.records);
                assertThat(read.records.size() + read.losses.size())
                        .as("damage at %d", at)
                        .isGreaterThanOrEqualTo(Math.min(1, whole.size()));
            }
        }
    }

    private static long trials(byte[] file) {
        return Math.min(300, READ_BYTES / file.length);
    }

    /** The records that lie, with the whole member they are in, before an offset. */
    private static List<Found> before(List<Found> records, int offset) {
        List<Long> members = records.stream()
                .map(record -> Long.valueOf(record.position().replaceAll("\\+.*", "")))
                .toList();
        long last = members.stream()
                .filter(member -> member <= offset)
                .max(Long::compare)
                .orElse(0L);
        return IntStream.range(0, records.size())
                .filter(i -> members.get(i) < last)
                .<Found>mapToObj(records::get)
                .toList();
    }
}
