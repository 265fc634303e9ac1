package kindling.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import kindling.jobs.io.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** The page as Chromium, where one is installed, shows it. */
class PageInBrowserTest {
    private static final long DEADLINE_SECONDS = 120; // it takes two
    private static final int KEPT = 0xC4561B; // --kept in report.css
    private static final String HOSTILE = "</script><img src=x onerror=\\\"document.title='broken'\\\"><!--";

    private static final String INGEST = """
            {"job": "ingest", "version": "1.0", "options": {"format": "%1$s"}, "rows_in": 1200, "rows_out": 1000, "bytes_in": 4000000,
             "bytes_out": 3000000, "rejected": {"empty": 20, "%1$s": 180}, "languages": {"en": 900, "de": 100},
             "lengths": {"0": 1, "64": 300, "128": 699}, "seconds": {"process": 9.5, "total": 10.5},
             "rates": {"documents_per_second": 117.1, "mb_in_per_second": 0.39, "mb_out_per_second": 0.29},
             "samples": [{"reason": "empty", "id": "7", "source": "%1$s", "detail": "%1$s", "snippet": "%1$s"}]}
            """.formatted(HOSTILE);

    private static final String DEDUP = """
            {"job": "dedup", "version": "1.0", "options": {}, "rows_in": 1000, "rows_out": 900, "bytes_in": 3000000, "bytes_out": 2700000,
             "rejected": {"duplicate_near": 100}, "seconds": {"total": 2.0}, "removed_spans": {"paragraph": 77, "substring": 0},
             "removed_bytes": 4200000, "clusters": {"count": 43, "documents_in_clusters": 143, "largest": 37,
             "sizes": {"2": 30, "3": 8, "4": 4, "32": 1}},
             "sample_check": {"documents": 500, "true_pairs": 61, "recall": 0.98361, "clustered_documents": 40, "precision": 1.0}}
            """;

    private static final String TRAIN = """
            {"job": "train", "version": "1.0", "options": {}, "steps": 20, "parameters": 1000, "tokens": 5000, "loss_first": 5.5,
             "loss_last": 4.5, "tokens_per_second": 900.5, "train_seconds": 5.5, "seconds": {"total": 6.0}}
            """;

    private static final String ROUND = """
            {"step": %d, "loss": %s, "validation_loss": %s, "learning_rate": %s, "gradient_norm": 0.5, "tokens_per_second": 900,
             "exchange_bytes": %d, "broadcast_bytes": 4096, "seconds": 2.0, "exchange_seconds": %s}
            """;

    @TempDir
    Path folder;

    private final String browser = browser();
    private Path page;

    private static String browser() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(place -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .orElseThrow(() ->
                        new TestAbortedException("no chromium, chromium-browser or google-chrome is on the PATH"));
    }

    @BeforeEach
    void writePage() throws IOException {
        var rounds = List.<com.fasterxml.jackson.databind.JsonNode>of(
                Json.parse(ROUND.formatted(10, 5.5, 5.75, 1e-3, 8192, 0.25)),
                Json.parse(ROUND.formatted(20, 4.5, 4.625, 5e-4, 4096, 0.5)));
        page = folder.resolve("report.html");
        Files.writeString(
                page,
                Page.html(
                        "a run",
                        List.of(
                                new Page.Step("ingest", Json.parse(INGEST), List.of()),
                                new Page.Step("dedup", Json.parse(DEDUP), List.of()),
                                new Page.Step("train", Json.parse(TRAIN), rounds))));
    }

    /** What the browser printed: the page's document, or nothing beside a picture. */
    private String open(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--force-device-scale-factor=1",
                "--virtual-time-budget=5000",
                "--enable-logging=stderr",
                "--user-data-dir=" + folder.resolve("profile")));
        command.addAll(List.of(options));
        command.add(page.toUri().toString());
        Path out = folder.resolve("out.txt");
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(log.toFile())
                .start();
        boolean ended = process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("the browser ends within %d s", DEADLINE_SECONDS).isTrue();
        assertThat(Files.readAllLines(log)).as("messages of the page").noneMatch(line -> line.contains("CONSOLE"));
        return Files.readString(out);
    }

    @Test
    void everyNumberStandsInTheDocumentAndNoMessageInTheConsole() throws Exception {
        String document = open("--dump-dom");

        assertThat(document).contains("<h1>a run</h1>", "1,200", "117", "25.0 %", "64 – 127", "18.5 s", "901");
        assertThat(document)
                .contains("43 clusters of 143 documents, the largest of 37", "4 – 7", "32 – 37", "0.984", "4.2 MB");
        assertThat(document).contains("<canvas role=\"img\" aria-label=\"Documents by length\"");
    }

    @Test
    void aTrainingHasItsCurves() throws Exception {
        assertThat(open("--dump-dom"))
                .contains(
                        "train: loss, nats a token",
                        "train: learning rate",
                        "train: gradient norm",
                        "train: tokens a second")
                .contains("train: exchange, MB a round", "train: exchange, % of the time")
                .contains("<td class=\"n\">4.625</td>");
    }

    @Test
    void hostileNamesStayText() throws Exception {
        String document = open("--dump-dom");

        assertThat(document)
                .contains("<title>a run – Kindling report</title>")
                .doesNotContain("<img")
                .contains("&lt;img src=x");
    }

    @Test
    void chartsAreDrawn() throws Exception {
        BufferedImage wide = picture(1280);
        BufferedImage narrow = picture(390);

        assertThat(pixels(wide, KEPT)).as("bars on a wide screen").isGreaterThan(20_000);
        assertThat(pixels(narrow, KEPT)).as("bars on a narrow screen").isGreaterThan(5_000);
    }

    private BufferedImage picture(int width) throws Exception {
        Path picture = folder.resolve(width + ".png");
        open("--screenshot=" + picture, "--window-size=" + width + ",3000");
        return ImageIO.read(picture.toFile());
    }

    private static long pixels(BufferedImage picture, int colour) {
        int[] all = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
        return Arrays.stream(all).filter(pixel -> (pixel & 0xFFFFFF) == colour).count();
    }
}
