package kindling.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import kindling.model.Batch;
import kindling.model.Shapes;
import kindling.model.TransformerConfig;
import kindling.model.tensor.PlainKernels;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps take no memory: none on the heap but a few small objects, none outside. */
class SteadyMemoryTest {

    private static final int ROWS = 2;
    private static final int LENGTH = 8;
    private static final int STEPS = 50;
    /** Until they are compiled, vectors are objects. */
    private static final int ROUNDS = 100;

    private static final long A_FEW_SMALL_OBJECTS = 65_536;
    private static final long SMALL_OBJECTS_OF_PLAIN_KERNELS = 4096;
    private static final Path STATISTICS = Path.of("/proc/self/statm");

    static List<TrainingSettings> settings() {
        return List.of(
                TrainingSettings.defaults(),
                TrainingSettings.of(Muon.defaults())
                        .withGuard(Guard.of(6))
                        .withRecompute(true)
                        .withDropout(0.1));
    }

    /** In a JVM of its own. Most of it are vectors that the compiler makes objects of in some runs; 900 bytes in others. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aStepAllocatesAFewSmallObjects(int number) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules=jdk.incubator.vector",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        SteadyMemoryTest.class.getName(),
                        Integer.toString(number))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(Long.parseLong(printed.strip())).as("bytes a step").isLessThan(A_FEW_SMALL_OBJECTS);
    }

    /** Plain kernels make no objects at all, so that nothing that grows with the batch can hide among vectors. */
    @ParameterizedTest
    @MethodSource("settings")
    void whatAStepAllocatesDoesNotGrowWithTheBatch(TrainingSettings settings) {
        long few = bytesOfAStep(settings, 8);
        long many = bytesOfAStep(settings, 64);

        assertThat(few).isLessThan(SMALL_OBJECTS_OF_PLAIN_KERNELS);
        assertThat(many).isLessThan(SMALL_OBJECTS_OF_PLAIN_KERNELS);
        // 112 more tokens: a byte for each would show.
        assertThat(many - few).isLessThan(ROWS * (64 - 8));
    }

    private static long bytesOfAStep(TrainingSettings settings, int length) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        TransformerConfig config = Shapes.queryKeyNorm(Shapes.llama(30, 64, 2, 4, 2, 8, 32, 64));
        List<Batch> batches = List.of(batch(1, length));
        try (Learner learner = new Learner(config, settings, ROWS, length, PlainKernels.create()).allocate()) {
            learner.parameters(Weights.initial(config, 1));
            long thread = Thread.currentThread().getId();
            long least = Long.MAX_VALUE;
            for (int i = 0; i < STEPS; i++) {
                long before = threads.getThreadAllocatedBytes(thread);
                learner.step(batches, 1e-3);
                least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
            }
            return least;
        }
    }

    /** Prints the fewest bytes on the heap that a step took. */
    public static void main(String[] arguments) {
        TrainingSettings settings = settings().get(Integer.parseInt(arguments[0]));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        List<Batch> batches = List.of(batch(1));
        TransformerConfig config = Shapes.gpt2(30, LENGTH, 2, 2, 16);
        try (Learner learner = new Learner(config, settings, ROWS, LENGTH)) {
            learner.parameters(Weights.initial(config, 1));
            long thread = Thread.currentThread().getId();
            long least = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS && least >= A_FEW_SMALL_OBJECTS; round++) {
                long before = threads.getThreadAllocatedBytes(thread);
                for (int i = 0; i < STEPS; i++) {
                    learner.step(batches, 1e-3);
                }
                least = Math.min(least, (threads.getThreadAllocatedBytes(thread) - before) / STEPS);
            }
            System.out.println(least);
        }
    }

    @Test
    @Tag("slow")
    void residentMemoryIsFlatOverTenThousandSteps() throws IOException {
        assumeTrue(Files.exists(STATISTICS), "no " + STATISTICS + " on this system");
        TransformerConfig config = Shapes.llama(30, LENGTH, 2, 4, 2, 8, 32, 64);
        Batch[] batches = new Batch[16];
        Arrays.setAll(batches, SteadyMemoryTest::batch);
        try (Learner learner = new Learner(config, AdamW.defaults(), ROWS, LENGTH)) {
            learner.parameters(Weights.initial(config, 1));
            long[] resident = new long[10];
            for (int i = 0; i < 10_000; i++) {
                learner.step(batches[i % batches.length], 1e-3);
                if (i % 1000 == 999) {
                    resident[i / 1000] = residentPages();
                }
            }

            assertThat(resident[9] - resident[2]).as("pages of 4 KiB").isLessThan(2048);
        }
    }

    private static long residentPages() throws IOException {
        return Long.parseLong(Files.readString(STATISTICS).split(" ", -1)[1]);
    }

    private static Batch batch(long seed) {
        return batch(seed, LENGTH);
    }

    private static Batch batch(long seed, int length) {
        SplittableRandom random = new SplittableRandom(seed);
        int[][] sequences = new int[ROWS][length + 1];
        for (int[] sequence : sequences) {
            Arrays.setAll(sequence, i -> random.nextInt(30));
        }
        return Batch.of(sequences);
    }
}
