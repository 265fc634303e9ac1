package kindling.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import kindling.jobs.io.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dedup} from its command line: parts of documents and evaluation sets. */
class DedupPartsTest {
    private static final String PASSAGE =
            "the kettle sings on the stove while rain runs down the window and the cat sleeps on";
    private static final String LICENCE = "You may copy this text as often as you like.";

    @TempDir
    Path work;

    private Path documents(String name, String... idsAndTexts) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < idsAndTexts.length; i += 2) {
            lines.add(Json.line(Json.object().put("id", idsAndTexts[i]).put("text", idsAndTexts[i + 1])));
        }
        return Files.writeString(work.resolve(name), String.join("\n", lines) + "\n");
    }

    private void dedup(Path input, String output, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "dedup",
                "--input=" + input,
                "--output=" + work.resolve(output),
                "--output-format=jsonl",
                "--partitions=2"));
        arguments.addAll(List.of(options));
        CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
    }

    /** All rows of a table, sorted. */
    private List<String> rows(String table) throws IOException {
        try (Stream<Path> files = Files.list(work.resolve(table))) {
            return files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .flatMap(DedupPartsTest::lines)
                    .sorted()
                    .toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readString(file, UTF_8).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String report(String output, String field) throws IOException {
        return Json.parse(Files.readString(work.resolve(output + "/_report.json")))
                .path(field)
                .toString();
    }

    @Test
    void takesRepeatedParagraphsAndPassagesOutAndSaysFromWhom() throws IOException {
        Path input = documents(
                "in.jsonl",
                "a",
                "About a kettle.\n" + LICENCE,
                "b",
                "Once " + PASSAGE + " it.\n" + LICENCE,
                "c",
                LICENCE,
                "d",
                "Again " + PASSAGE + " them.");

        dedup(input, "out", "--method=exact,paragraph,substring", "--min-tokens=12");

        assertThat(rows("out"))
                .hasSize(3)
                .anyMatch(row -> row.contains("\"About a kettle.\\n" + LICENCE))
                .anyMatch(row -> row.contains("\"Once " + PASSAGE + " it.\""))
                .anyMatch(row -> row.contains("\"Again\\nthem.\""));
        assertThat(rows("out/_rejected"))
                .containsExactly("{\"id\":\"c\",\"stage\":\"dedup\",\"reason\":\"duplicate_paragraphs\","
                        + "\"detail\":\"nothing is left; the first of 1 parts is in a\"}");
        assertThat(rows("out/_spans"))
                .containsExactly(
                        "{\"id\":\"b\",\"start\":93,\"end\":137,\"method\":\"paragraph\",\"kept_in\":\"a\"}",
                        "{\"id\":\"c\",\"start\":0,\"end\":44,\"method\":\"paragraph\",\"kept_in\":\"a\"}",
                        "{\"id\":\"d\",\"start\":6,\"end\":89,\"method\":\"substring\",\"kept_in\":\"b\"}");
        assertThat(report("out", "removed_spans")).isEqualTo("{\"paragraph\":2,\"substring\":1}");
        assertThat(report("out", "removed_bytes")).isEqualTo(String.valueOf(45 + 44 + 84));
    }

    @Test
    void dropsWhatEvaluationSetsHoldAndReportsEachItem() throws IOException {
        Path items = documents(
                "items.jsonl",
                "q1",
                "Question: " + PASSAGE + "?",
                "q2",
                "Nine words that no document of this corpus has",
                "q3",
                "Rain!");
        Path more =
                Files.writeString(Files.createDirectory(work.resolve("more")).resolve("note.txt"), LICENCE);
        Path input = documents(
                "in.jsonl",
                "a",
                "He wrote: THE KETTLE sings, on the stove; while rain runs down the window. And slept.",
                "b",
                "The kettle sings on the stove, and rain runs down.",
                "c",
                "See: " + LICENCE + " Thanks.",
                "d",
                "Rain!");

        dedup(input, "out", "--method=exact", "--against=" + items + "," + more.getParent(), "--against-ngram=12");

        assertThat(rows("out/_rejected"))
                .satisfiesExactly(
                        a -> assertThat(a)
                                .contains(
                                        "\"id\":\"a\"",
                                        "\"contaminated\"",
                                        "holds 2 of 7 runs of words of item q1 in items.jsonl"),
                        c -> assertThat(c).contains("\"id\":\"c\"", "holds 1 of 1 runs of words of item", "in more"));
        assertThat(rows("out/_contamination"))
                .satisfiesExactly(
                        q1 -> assertThat(q1)
                                .contains("\"item\":\"q1\",\"ngrams\":7,\"found\":2", "\"examples\":[\"a\"]"),
                        q2 -> assertThat(q2).contains("\"item\":\"q2\",\"ngrams\":1,\"found\":0", "\"documents\":0"),
                        q3 -> assertThat(q3).contains("\"item\":\"q3\",\"ngrams\":0,\"found\":0"),
                        note -> assertThat(note)
                                .contains("\"set\":\"more\"", "\"ngrams\":1,\"found\":1,\"share\":1.0"));
        assertThat(report("out", "contamination"))
                .contains("\"items\":4", "\"items_found\":2", "\"documents_dropped\":2");
    }

    @Test
    void aShareLetsDocumentsWithLessOfAnItemPass() throws IOException {
        Path items = documents("items.jsonl", "q1", PASSAGE);
        Path input = documents("in.jsonl", "a", PASSAGE.substring(0, 60), "b", "x " + PASSAGE, "c", "else");

        dedup(input, "out", "--method=exact", "--against=" + items, "--against-ngram=8", "--against-share=0.7");

        assertThat(rows("out/_rejected"))
                .singleElement()
                .satisfies(row -> assertThat(row).contains("\"id\":\"b\""));
    }

    @Test
    void newDocumentsAreComparedWithAnIndexOfOldOnes() throws IOException {
        Path old = documents("old.jsonl", "z1", LICENCE, "z2", "Nothing else.");
        Path input = documents("new.jsonl", "a1", LICENCE.toUpperCase(Locale.ROOT), "a2", LICENCE, "a3", "New.");

        dedup(old, "old", "--method=exact", "--write-index");
        dedup(input, "out", "--method=exact", "--index=" + work.resolve("old"));
        dedup(input, "same", "--method=exact", "--against=" + work.resolve("old/_index"));
        CommandLineRun refused = CommandLineRun.withoutSpark(
                "dedup", "--input=" + input, "--output=" + work.resolve("no"), "--index=" + work.resolve("old"));

        assertThat(rows("out")).singleElement().satisfies(row -> assertThat(row).contains("\"a3\""));
        assertThat(rows("out/_rejected"))
                .hasSize(2)
                .allSatisfy(
                        row -> assertThat(row).contains("\"duplicate_exact\",\"detail\":\"of z1, similarity 1.000"));
        assertThat(rows("same")).isEqualTo(rows("out"));
        assertThat(report("old", "index")).contains("\"documents\":2");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("was made with method exact, this run has exact minhash");
    }

    @Test
    void itemsThatAreAllTooShortDropNothing() throws IOException {
        Path items = documents("items.jsonl", "q1", "Rain!");

        dedup(documents("in.jsonl", "a", "Rain!"), "out", "--method=exact", "--against=" + items);

        assertThat(rows("out")).hasSize(1);
        assertThat(report("out", "contamination")).contains("\"items\":1", "\"items_found\":0");
    }
}
