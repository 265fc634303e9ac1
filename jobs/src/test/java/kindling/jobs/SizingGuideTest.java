package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kindling.jobs.train.HeapPlan;
import kindling.model.TransformerConfig;
import kindling.model.train.MemoryPlan;
import kindling.model.train.TrainingSettings;
import org.junit.jupiter.api.Test;

/** The table of {@code cluster-config/SIZING.md}, from the memory plan that a training makes before it starts. */
class SizingGuideTest {
    private static final int TOKENS = 4096; // of a batch
    private static final double GIBIBYTE = 1L << 30;

    private record Shape(String name, TransformerConfig config) {
        private MemoryPlan plan(boolean recompute) {
            int length = config.contextLength();
            return MemoryPlan.of(config, TrainingSettings.defaults().withRecompute(recompute), TOKENS / length, length);
        }

        private static double kept(MemoryPlan plan) {
            return (plan.parameters() + plan.gradients() + plan.moments()) / GIBIBYTE;
        }

        private static double passing(MemoryPlan plan) {
            return (plan.activations() + plan.scratch()) / GIBIBYTE;
        }

        /** Heap and overhead of an executor, by the formulas of the guide. */
        private String executor(int cores) {
            MemoryPlan plan = plan(false);
            return "%dg, %dg"
                    .formatted(
                            heap(HeapPlan.executor(config.parameterCount(), 0, cores)),
                            whole(cores * plan.total() / GIBIBYTE + 1));
        }

        private String row() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %,d million | %.2f + %.2f GiB | %.2f GiB | %s | %s | %dg |",
                    name,
                    Math.round(config.parameterCount() / 1e6),
                    kept(plan(false)),
                    passing(plan(false)),
                    passing(plan(true)),
                    executor(1),
                    executor(4),
                    heap(HeapPlan.driver(config.parameterCount(), 0)));
        }

        private static long heap(HeapPlan plan) {
            return whole(plan.bytes() / GIBIBYTE + 1);
        }

        private static long whole(double gibibytes) {
            return (long) Math.ceil(gibibytes);
        }
    }

    private static List<Shape> shapes() {
        List<Shape> shapes = new ArrayList<>();
        for (String preset : List.of("nano", "micro", "mini", "gpt2")) {
            shapes.add(new Shape("`" + preset + "`", TransformerConfig.preset(preset)));
        }
        shapes.add(new Shape("24 layers of 1,024 (GPT-2 medium)", TransformerConfig.gpt2(50_257, 1024, 24, 16, 1024)));
        shapes.add(new Shape("22 layers of 2,048 (Llama)", TransformerConfig.llama(32_000, 2048, 22, 32, 2048, 5632)));
        return shapes;
    }

    @Test
    void theTableSaysWhatTrainingPlans() throws IOException {
        List<String> guide = Files.readAllLines(ClusterProfile.FOLDER.resolve("SIZING.md"));

        assertThat(guide).containsSequence(shapes().stream().map(Shape::row).toList());
    }
}
