package kindling.jobs.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kindling.model.TransformerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainBenchTest {
    /** N as the PyTorch program beside it counts. */
    @ParameterizedTest(name = "{1} {0}")
    @CsvSource({
        "'4,4,128,64,12,65', gpt2, 801664",
        "'4,4,128,64,12,65', llama, 812288",
        "'6,6,384,256,4,8192', gpt2, 13793280",
        "'6,6,384,256,4,8192', llama, 13767552",
    })
    void countsOperationsByAllParametersButThePositionTable(String text, String family, long counted) {
        ModelShape shape = ModelShape.parse(text);
        TransformerConfig config = shape.config(family);

        double attention = 12.0 * shape.layers() * shape.width() * shape.length();

        assertThat(config.flopsPerToken(shape.length())).isEqualTo(6.0 * counted + attention, within(0.5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "6,6,384",
                "6,6,384,256,4,0",
                "a,6,384,256,4,8192",
                "6,6,384,256,4,8192,1",
                "6,5,384,256,4,8192"
            })
    void refusesWhatIsNoShape(String text) {
        assertThatThrownBy(() -> ModelShape.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--shape");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama"})
    void putsTheRateOfStepsBesideThatOfProducts(String family) {
        TrainBench bench = new TrainBench();
        bench.shape = "1,2,8,4,2,11";
        bench.family = family;
        bench.steps = 3;
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        bench.run(new Figures(new PrintStream(out, true, UTF_8)));

        Map<String, Double> figures = new HashMap<>();
        out.toString(UTF_8)
                .lines()
                .map(line -> line.split(" "))
                .forEach(words -> figures.put(words[0], Double.parseDouble(words[1])));
        double limit = Math.max(figures.get("sgemm_1024_before"), figures.get("sgemm_1024_after"));
        assertThat(figures.get("step_rate") / limit).isEqualTo(figures.get("ratio"), within(1e-3));
        assertThat(figures.get("step_min")).isLessThanOrEqualTo(figures.get("step_median"));
        assertThat(figures.get("steps")).isEqualTo(3);
    }

    @Test
    void namesEveryMistakeAtOnce() {
        TrainBench bench = new TrainBench();
        bench.steps = 0;
        bench.family = "bert";
        List<String> problems = new ArrayList<>();

        bench.check(problems);

        assertThat(problems).hasSize(2);
    }
}
