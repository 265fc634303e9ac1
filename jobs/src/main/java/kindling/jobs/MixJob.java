package kindling.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Json;
import kindling.jobs.io.SharedTokenizer;
import kindling.jobs.io.Storage;
import kindling.jobs.shard.Mixture;
import kindling.jobs.shard.TokenShards;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Token shards of several corpora as one input of {@code train}: a plan, nothing is copied. */
@Command(name = "mix", description = "Name corpora of token shards to train on together, and how much of each.")
final class MixJob implements Job {
    private static final double MOST_REPETITIONS = 1e6; // far more than helps; counts of sequences stay in 64 bits

    @Mixin
    CommonOptions common;

    @Option(
            names = "--input",
            required = true,
            paramLabel = "NAME=DIR",
            description = "A corpus: its name and its token shards, from kindling tokenize; give several.")
    Map<String, InputPath> inputs = new LinkedHashMap<>();

    @Option(
            names = "--weights",
            split = ",",
            paramLabel = "NAME=SHARE",
            description = "Share of each corpus in what is trained on; default: what its size and repetitions come to.")
    SortedMap<String, Double> weights = new TreeMap<>();

    @Option(
            names = "--repetitions",
            split = ",",
            paramLabel = "NAME=TIMES",
            description =
                    "How often each sequence of a corpus comes in an epoch, at most where there are weights; default 1.")
    SortedMap<String, Double> repetitions = new TreeMap<>();

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public Map<String, String> facts() {
        return Map.of(
                "corpora", // with their places, which the mixture names: one that was moved makes another mixture
                inputs.entrySet().stream()
                        .map(input -> input.getKey() + "="
                                + Storage.absolute(input.getValue().path()))
                        .collect(Collectors.joining(",")));
    }

    @Override
    public void check(List<String> problems) {
        TreeSet<String> unknown = new TreeSet<>(weights.keySet());
        unknown.addAll(repetitions.keySet());
        unknown.removeAll(inputs.keySet());
        unknown.forEach(name ->
                problems.add("--weights and --repetitions are of corpora that --input names: %s is none of %s%s"
                        .formatted(name, String.join(", ", inputs.keySet()), Nearest.hint(name, inputs.keySet()))));
        if (!weights.isEmpty() && !weights.keySet().containsAll(inputs.keySet())) {
            problems.add("--weights must name all corpora, or none: got %s of %s"
                    .formatted(weights.keySet(), inputs.keySet()));
        }
        if (weights.values().stream().anyMatch(weight -> !(weight > 0) || weight.isInfinite())
                || repetitions.values().stream().anyMatch(times -> !(times > 0 && times <= MOST_REPETITIONS))) {
            problems.add("--weights and --repetitions must be > 0, repetitions at most a million, got %s and %s"
                    .formatted(weights, repetitions));
        }
    }

    @Override
    public void run(Run run) {
        List<Mixture.Corpus> corpora = new ArrayList<>();
        ObjectNode first = null;
        for (Map.Entry<String, InputPath> input : inputs.entrySet()) {
            Path folder = Storage.absolute(input.getValue().path());
            ObjectNode manifest = manifest(folder);
            first = first == null ? manifest : first;
            requireSameTokenizer(first, manifest, input.getKey());
            corpora.add(Mixture.Corpus.of(
                    input.getKey(),
                    folder,
                    weights.getOrDefault(input.getKey(), 0.0),
                    repetitions.getOrDefault(input.getKey(), 1.0)));
            if (!manifest.path("sequence_length").equals(first.path("sequence_length"))) {
                first.remove("sequence_length");
            }
        }
        ObjectNode facts = Json.object();
        for (String name : List.of("tokenizer", "vocabulary_size", "sequence_length")) {
            if (first.has(name)) {
                facts.set(name, first.get(name));
            }
        }
        new Mixture(corpora).writeManifest(run.folder(), facts);
        InputPath any = inputs.values().iterator().next();
        Storage.write(run.file(SharedTokenizer.FILE), SharedTokenizer.read(any).json());
        run.report().put("corpora", corpora);
    }

    private static ObjectNode manifest(Path folder) {
        ObjectNode manifest = TokenShards.manifest(folder);
        if (Mixture.isIn(folder)) {
            throw new UserError("mix: %s is a mixture itself: name its corpora".formatted(folder));
        }
        TokenShards.open(folder);
        return manifest;
    }

    private void requireSameTokenizer(ObjectNode first, ObjectNode other, String name) {
        if (!first.path("tokenizer").equals(other.path("tokenizer"))) {
            throw new UserError("mix: %s and %s were made with different tokenizers: tokenize both with one"
                    .formatted(inputs.keySet().iterator().next(), name));
        }
    }
}
