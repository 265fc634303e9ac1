package kindling.jobs;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kindling.jobs.io.Documents;
import kindling.jobs.io.DriverHeap;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Progress;
import kindling.jobs.io.SharedTokenizer;
import kindling.jobs.io.Storage;
import kindling.jobs.io.TaskFigures;
import kindling.jobs.words.Characters;
import kindling.jobs.words.HeldOut;
import kindling.jobs.words.WordTable;
import kindling.prep.bpe.BpeTrainer;
import kindling.prep.bpe.TextCut;
import kindling.prep.bpe.WordCounts;
import kindling.prep.token.Tokenizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Counts words on the cluster, merges pairs on the driver: a byte-level BPE tokenizer, exact, whatever the partitions. Or every character of the
 * documents as a token.
 */
@Command(
        name = "train-tokenizer",
        description = "Train a byte-level BPE tokenizer on documents, or make one of their characters.")
final class TrainTokenizerJob implements Job {
    private static final String CHARACTER = "character";
    private static final List<String> UNITS = List.of("bpe", CHARACTER);
    private static final List<String> NORMALIZATIONS = List.of("none", "nfc");
    private static final long PROGRESS_NANOS = 5_000_000_000L;

    @Mixin
    CommonOptions common;

    @Mixin
    DocumentOptions documents;

    @Option(names = "--vocab-size", description = "Number of tokens, special ones included; default ${DEFAULT-VALUE}.")
    int vocabularySize = 8192;

    @Option(
            names = "--unit",
            description = "What a token is: bpe, or character, which --vocab-size limits; default ${DEFAULT-VALUE}.")
    String unit = "bpe";

    @Option(
            names = "--pattern",
            description = "How text is cut into words first: gpt2, cl100k, qwen2 or o200k; default gpt2.")
    String pattern;

    @Option(
            names = "--normalize",
            description = "none, or nfc: texts in Unicode's normal form C, here and when they are encoded; default"
                    + " ${DEFAULT-VALUE}.")
    String normalize = "none";

    @Option(
            names = "--special-tokens",
            split = ",",
            paramLabel = "LIST",
            description =
                    "Tokens with ids of their own, the last ones; default <|endoftext|>,<|pad|>,<|im_start|>,<|im_end|>, with "
                            + "--unit character <|endoftext|> alone.")
    List<String> specialTokens;

    @Option(
            names = "--min-count",
            paramLabel = "N",
            description = "Words that occur less often take no part; 1 = all do; default ${DEFAULT-VALUE}.")
    long leastCount = 1;

    @Option(
            names = "--held-out",
            paramLabel = "PATH",
            description = "Documents on which bytes per token are reported, beside gpt2 and cl100k.")
    InputPath heldOut;

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public void check(List<String> problems) {
        if (!NORMALIZATIONS.contains(normalize)) {
            problems.add("--normalize is one of %s, got %s".formatted(String.join(", ", NORMALIZATIONS), normalize));
        }
        if (!UNITS.contains(unit)) {
            problems.add("--unit is one of %s, got %s".formatted(String.join(", ", UNITS), unit));
        }
        if (unit.equals(CHARACTER)) {
            checkCharacters(problems);
        }
        if (leastCount < 1) {
            problems.add("--min-count must be >= 1 (1 = all words), got " + leastCount);
        }
        try {
            if (!unit.equals(CHARACTER)) {
                BpeTrainer.train(new WordCounts(), vocabularySize, cut(), specialTokens(), merges -> {});
            }
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
    }

    private void checkCharacters(List<String> problems) {
        if (leastCount > 1) {
            problems.add("--min-count is for words; every character takes part with --unit character");
        }
        if (pattern != null) {
            problems.add("--pattern cuts words, of which --unit character has none");
        }
        if (specialTokens().stream().anyMatch(String::isBlank)) {
            problems.add("--special-tokens must not be blank");
        }
        if (Set.copyOf(specialTokens()).size() < specialTokens().size()) {
            problems.add("--special-tokens must be different, got " + String.join(",", specialTokens()));
        }
    }

    private List<String> specialTokens() {
        if (specialTokens != null) {
            return specialTokens;
        }
        return unit.equals(CHARACTER) ? List.of() : BpeTrainer.SPECIAL_TOKENS;
    }

    private TextCut cut() {
        return new TextCut(pattern == null ? "gpt2" : pattern, normalize.equals("nfc"));
    }

    @Override
    public void run(Run run) {
        DriverHeap.reset();
        run.partitions(documents.input);
        try (TaskFigures tasks = new TaskFigures(run.spark().sparkContext())) {
            Tokenizer tokenizer = unit.equals(CHARACTER) ? ofCharacters(run) : trained(run);
            Storage.write(run.file(SharedTokenizer.FILE), tokenizer.json());
            run.report().put("vocabulary_size", tokenizer.size());
            if (heldOut != null) {
                compare(run);
            }
            run.report().put("tasks", tasks.figures()).put("peak_driver_heap_bytes", DriverHeap.peakBytes());
        }
    }

    private Tokenizer trained(Run run) {
        WordTable table =
                WordTable.of(Documents.read(run.spark(), documents.input).documents(), cut(), leastCount);
        table.figures().forEach(run.report()::put);
        run.report().phase("count words");
        Tokenizer tokenizer =
                BpeTrainer.train(table.counts(), vocabularySize, cut(), specialTokens(), progress(run.name()));
        run.report().phase("merge pairs");
        return tokenizer;
    }

    private Tokenizer ofCharacters(Run run) {
        int[] points =
                Characters.of(Documents.read(run.spark(), documents.input).documents(), cut().nfc());
        Set<String> pieces = IntStream.of(points).mapToObj(Character::toString).collect(Collectors.toSet());
        specialTokens().stream().filter(pieces::contains).findFirst().ifPresent(token -> {
            throw new UserError("--special-tokens: \"%s\" is a character of the documents: write it as <|%s|>"
                    .formatted(token, token));
        });
        Tokenizer tokenizer = Tokenizer.ofCharacters(points, cut().nfc(), specialTokens());
        run.report().put("characters", points.length).phase("find characters");
        if (tokenizer.size() > vocabularySize) {
            throw new UserError(
                    "the documents have %d characters, with special tokens %d ids: raise --vocab-size from %d"
                            .formatted(points.length, tokenizer.size(), vocabularySize));
        }
        return tokenizer;
    }

    private void compare(Run run) {
        SharedTokenizer tokenizer = SharedTokenizer.read(
                new InputPath(run.file(SharedTokenizer.FILE).toString()));
        Map<String, Double> bytesPerToken =
                HeldOut.bytesPerToken(Documents.read(run.spark(), heldOut).documents(), tokenizer);
        bytesPerToken.forEach((name, bytes) -> Progress.line(
                String.format(Locale.ROOT, "%s | held out | %s %.4f bytes/token", run.name(), name, bytes)));
        run.report().phase("held out").put("held_out_bytes_per_token", bytesPerToken);
    }

    /** A line every few seconds. */
    private IntConsumer progress(String job) {
        int wanted = vocabularySize - specialTokens().size() - (1 << Byte.SIZE);
        long start = System.nanoTime();
        long[] last = {start};
        return merges -> {
            long now = System.nanoTime();
            if (now - last[0] >= PROGRESS_NANOS) {
                last[0] = now;
                Progress.line(
                        "%s | %d of %d merges | %d s".formatted(job, merges, wanted, (now - start) / 1_000_000_000));
            }
        };
    }
}
