package kindling.jobs.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerateBenchTest {
    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama"})
    void putsRatesBesideTheLimitsOfTheMachine(String family) {
        GenerateBench bench = new GenerateBench();
        bench.shape = "1,2,8,24,5,70";
        bench.family = family;
        bench.warmUpSeconds = 0;
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        bench.run(new Figures(new PrintStream(out, true, UTF_8)));

        Map<String, Double> figures = new HashMap<>();
        out.toString(UTF_8)
                .lines()
                .map(line -> line.split(" "))
                .forEach(words -> figures.put(words[0], Double.parseDouble(words[1])));
        assertThat(figures).containsKeys("sgemm_1024", "read", "prefill_1", "prefill_4", "decode_1", "decode_5");
        assertThat(figures.get("decode_5_weights") / figures.get("read"))
                .isEqualTo(figures.get("decode_5_weights_ratio"), within(1e-2));
        assertThat(figures.get("mixed_padding")).isBetween(0.01, 0.5);
        // 8 prompts of 8 to 15 ids that share 4: all but the first take them over
        assertThat(figures.get("mixed_prefix_reused")).isEqualTo(7 * 4 / 92.0, within(1e-3));
    }

    @Test
    void refusesAContextWithoutRoomForPromptAndAnswer() {
        GenerateBench bench = new GenerateBench();
        bench.shape = "1,2,8,8,5,70";
        List<String> problems = new ArrayList<>();

        bench.check(problems);

        assertThat(problems).containsExactly("--shape: the context must be >= 12, got 8");
    }
}
