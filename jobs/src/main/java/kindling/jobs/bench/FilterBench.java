package kindling.jobs.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import kindling.jobs.UserError;
import kindling.jobs.filter.LearnedRule;
import kindling.prep.Document;
import kindling.prep.filter.Filter;
import kindling.prep.filter.RuleSet;
import kindling.prep.filter.UserLists;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How fast rule sets annotate texts, which is all their work whatever they would drop, beside a plain UTF-8 decoding. Seconds
 * are those that the working thread had a core, so that other work on the machine hardly changes the figures.
 */
@Command(
        name = "filter",
        description = "Rule sets on texts: MB/s per core (UTF-8 bytes), by rule set and all together.")
final class FilterBench implements Bench {
    private static final int ROUNDS = 5; // of which the median counts
    private static final long ROUND_NANOS = 700_000_000;
    private static final double MEGA = 1e6;

    @Option(names = "--input", paramLabel = "FILE", description = "Text, or JSON lines with a field text; .gz or not.")
    Path input;

    @Option(names = "--threads", paramLabel = "N", description = "Threads of a second run; default ${DEFAULT-VALUE}.")
    int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--rules",
            split = ",",
            paramLabel = "LIST",
            description = "Rule sets, alone and together; default gopher,c4,fineweb.")
    List<String> rules = List.of("gopher", "c4", "fineweb");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Override
    public void check(List<String> problems) {
        if (threads < 1) {
            problems.add("--threads must be >= 1, got " + threads);
        }
        for (String name : rules) {
            try {
                sets(name);
            } catch (IllegalArgumentException | UserError e) {
                problems.add("--rules: " + e.getMessage());
            }
        }
    }

    @Override
    public void run(Figures figures) throws Exception {
        List<Document> documents = Texts.read(input);
        List<byte[]> encoded = documents.stream()
                .map(document -> document.text().getBytes(UTF_8))
                .toList();
        long bytes = encoded.stream().mapToLong(text -> text.length).sum();
        figures.put("input", bytes / MEGA, "MB");
        figures.put("utf8-decode", rate(1, bytes, () -> () -> Texts.decode(encoded)), "MB/s per core");
        for (String name : rules) {
            figures.put(name, rate(1, bytes, () -> work(List.of(name), documents)), "MB/s per core");
        }
        String all = String.join("+", rules);
        figures.put(all, rate(1, bytes, () -> work(rules, documents)), "MB/s per core");
        if (threads > 1) {
            figures.put(
                    all + "-" + threads + "-threads",
                    rate(threads, bytes, () -> work(rules, documents)),
                    "MB/s per core");
        }
    }

    /** The median rate of one thread, while so many work, each with a worker of its own. */
    private static double rate(int threads, long bytes, Supplier<Callable<Long>> worker) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Double>> rates = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                rates.add(pool.submit(() -> medianRate(bytes, worker.get())));
            }
            double sum = 0;
            for (Future<Double> rate : rates) {
                sum += rate.get();
            }
            return sum / threads;
        } finally {
            pool.shutdownNow();
        }
    }

    private static double medianRate(long bytes, Callable<Long> work) throws Exception {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double[] rates = new double[ROUNDS];
        for (int round = -2; round < ROUNDS; round++) { // the first two warm up
            long passes = 0;
            long start = threads.getCurrentThreadCpuTime();
            long nanos = 0;
            while (nanos < ROUND_NANOS) {
                if (work.call() == 0) {
                    throw new IllegalStateException("a pass over the texts did nothing");
                }
                passes++;
                nanos = threads.getCurrentThreadCpuTime() - start;
            }
            rates[Math.max(0, round)] = passes * bytes * 1e3 / nanos; // MB/s
        }
        Arrays.sort(rates);
        return rates[ROUNDS / 2];
    }

    private static List<RuleSet> sets(String name) {
        return LearnedRule.isNamedBy(name)
                ? List.of(LearnedRule.parse(name).set())
                : RuleSet.named(name, UserLists.NONE);
    }

    private static Callable<Long> work(List<String> rules, List<Document> documents) {
        List<RuleSet> sets = rules.stream().flatMap(name -> sets(name).stream()).toList();
        Filter filter = Filter.of(sets);
        return () -> {
            long entries = 0;
            for (Document document : documents) {
                entries += filter.annotate(document).meta().size();
            }
            return entries;
        };
    }
}
