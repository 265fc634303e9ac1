package kindling.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import kindling.prep.pii.Redactor;
import kindling.prep.pii.RedactorConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedactQualityTest {
    private final RedactQuality quality =
            new RedactQuality(new Redactor(RedactorConfig.tags().withEntities(Set.of("EMAIL", "IP"))));

    @Test
    void countsExactSpansByType() throws IOException {
        count("""
                {"text": "a@x.org or b@y.org at 8.8.8.8", "spans": [
                  {"start": 0, "end": 7, "type": "EMAIL_ADDRESS"},
                  {"start": 11, "end": 17, "type": "EMAIL_ADDRESS"},
                  {"start": 22, "end": 29, "type": "IP_ADDRESS"},
                  {"start": 0, "end": 3, "type": "PERSON"}]}""");

        assertThat(quality.figures())
                .containsEntry("EMAIL", new RedactQuality.Counts(2, 2, 1))
                .containsEntry("IP", new RedactQuality.Counts(1, 1, 1))
                .containsEntry("ALL", new RedactQuality.Counts(3, 3, 2))
                .hasSize(3);
    }

    @Test
    void countsOnlyTheTypeThatIsKnownOfTheText() throws IOException {
        count("{\"text\": \"a@x.org at 8.8.8.8\", \"entity\": \"IP_ADDRESS\", \"spans\": []}");

        assertThat(quality.figures())
                .containsEntry("IP", new RedactQuality.Counts(0, 1, 0))
                .hasSize(2);
    }

    @Test
    void readsLinesOfAFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("gold.jsonl");
        Files.writeString(
                file,
                "{\"text\": \"\uD83D\uDE00 a@x.org\", \"spans\": [{\"start\": 2, \"end\": 9, \"type\": \"email\"}]}\n");

        quality.read(file);

        assertThat(quality.figures()).containsEntry("EMAIL", new RedactQuality.Counts(1, 1, 1));
    }

    @Test
    void weighsRecallFourTimesInF2() {
        RedactQuality.Counts counts = new RedactQuality.Counts(8, 5, 4);

        assertThat(counts.f(1)).isCloseTo(2 * 0.8 * 0.5 / 1.3, within(1e-12));
        assertThat(counts.f(2)).isCloseTo(5 * 0.8 * 0.5 / (4 * 0.8 + 0.5), within(1e-12));
    }

    private void count(String row) throws IOException {
        quality.count(new ObjectMapper().readTree(row));
    }
}
