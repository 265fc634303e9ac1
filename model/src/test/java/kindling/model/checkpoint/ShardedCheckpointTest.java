package kindling.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import kindling.model.Shapes;
import kindling.model.TransformerConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardedCheckpointTest {
    private static final TransformerConfig CONFIG = Shapes.gpt2(11, 5, 2, 3, 6);
    private static final String FIRST = "model-00001-of-00002.safetensors";
    private static final String SECOND = "model-00002-of-00002.safetensors";

    @TempDir
    Path folder;

    private final Map<String, SafeTensors.Tensor> first = new LinkedHashMap<>();
    private final Map<String, SafeTensors.Tensor> second = new LinkedHashMap<>();
    private final Map<String, String> index = new LinkedHashMap<>();
    private float[] theta;

    @BeforeEach
    void cutAModelInTwo() throws IOException {
        theta = new float[(int) CONFIG.parameterCount()];
        for (int i = 0; i < theta.length; i++) {
            theta[i] = i;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Checkpoint.writeModel(out, CONFIG, theta);
        SafeTensors.read(new ByteArrayInputStream(out.toByteArray())).forEach((name, tensor) -> {
            boolean early = first.size() < 9;
            (early ? first : second).put(name, tensor);
            index.put(name, early ? FIRST : SECOND);
        });
    }

    @Test
    void readsAModelInSeveralFiles() throws IOException {
        write();

        assertThat(read()).isEqualTo(theta);
        assertThat(Checkpoint.readModel(elsewhere(), CONFIG)).isEqualTo(theta);
    }

    @Test
    void prefersTheSingleFile() throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve("model.safetensors"))) {
            Checkpoint.writeModel(out, CONFIG, theta);
        }
        Files.writeString(folder.resolve(ShardIndex.FILE), "{}");

        assertThat(read()).isEqualTo(theta);
    }

    @Test
    void namesEveryMissingFile() throws IOException {
        write();
        Files.delete(folder.resolve(FIRST));
        Files.delete(folder.resolve(SECOND));

        assertThatThrownBy(this::read)
                .hasMessage("model.safetensors.index.json names files that are not there: " + FIRST + "; " + SECOND);
    }

    @Test
    void refusesATensorThatLiesInTwoFiles() throws IOException {
        String name = first.keySet().iterator().next();
        second.put(name, first.get(name));
        write();

        assertThatThrownBy(this::read)
                .hasMessageContaining("\"%s\" lies in %s and in %s".formatted(name, FIRST, SECOND));
    }

    @Test
    void refusesATensorThatLiesElsewhereThanTheIndexSays() throws IOException {
        String name = first.keySet().iterator().next();
        index.put(name, SECOND);
        write();

        assertThatThrownBy(this::read)
                .hasMessageContaining("\"%s\" lies in %s, not in %s".formatted(name, FIRST, SECOND));
    }

    @Test
    void refusesATensorThatIsOnlyInTheIndexOrOnlyInAFile() throws IOException {
        index.put("ghost", FIRST);
        second.put("stowaway", SafeTensors.Tensor.of(1));
        write();

        assertThatThrownBy(this::read)
                .hasMessageContaining("\"ghost\" does not lie in " + FIRST)
                .hasMessageContaining("\"stowaway\" lies in " + SECOND + ", the index does not have it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../x.safetensors",
                "/etc/x.safetensors",
                "a/b.safetensors",
                "a\\\\b.safetensors",
                "C:x.safetensors",
                "..",
                "",
                ".hidden.safetensors",
                "model.bin",
                "x.safetensors/",
                "s3a://b/x.safetensors",
                "a\\u0000.safetensors"
            })
    void refusesToLookAnywhereButBesideTheIndex(String name) throws IOException {
        Files.writeString(folder.resolve(ShardIndex.FILE), "{\"weight_map\": {\"a\": \"" + name + "\"}}");

        assertThatThrownBy(this::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not the name of a .safetensors file beside the index");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"weight_map\": []}",
                "{\"weight_map\": {}}",
                "{\"weight_map\": {\"a\": 1}}",
                "nonsense",
                "{\"weight_map\": {\"a\": \"x.safetensors\", \"a\": \"x.safetensors\"}}"
            })
    void refusesWhatIsNoIndex(String json) throws IOException {
        Files.writeString(folder.resolve(ShardIndex.FILE), json);

        assertThatThrownBy(this::read)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("not a valid model.safetensors.index.json: ");
    }

    @Test
    void refusesAnIndexThatNestsDeeply() throws IOException {
        Files.writeString(folder.resolve(ShardIndex.FILE), "{\"weight_map\": " + "[".repeat(100_000));

        assertThatThrownBy(this::read).isInstanceOf(IOException.class);
    }

    @Test
    void saysWhatToDoWithWeightsThatWouldRunCode() throws IOException {
        Files.write(folder.resolve("pytorch_model.bin"), new byte[] {1});

        assertThatThrownBy(this::read)
                .hasMessageContaining("only pytorch_model.bin")
                .hasMessageContaining("safe_serialization=True");
    }

    private float[] read() throws IOException {
        return Checkpoint.readModel(CheckpointFolder.of(folder), CONFIG);
    }

    /** The same files, as if they lay on another machine. */
    private CheckpointFolder elsewhere() {
        CheckpointFolder here = CheckpointFolder.of(folder);
        return new CheckpointFolder() {
            @Override
            public boolean has(String name) throws IOException {
                return here.has(name);
            }

            @Override
            public InputStream open(String name) throws IOException {
                return here.open(name);
            }
        };
    }

    private void write() throws IOException {
        for (var file : Map.of(FIRST, first, SECOND, second).entrySet()) {
            try (OutputStream out = Files.newOutputStream(folder.resolve(file.getKey()))) {
                SafeTensors.write(out, file.getValue(), Map.of("format", "pt"));
            }
        }
        Files.writeString(
                folder.resolve(ShardIndex.FILE), new ShardIndex(index).json(4L * theta.length), StandardCharsets.UTF_8);
    }
}
