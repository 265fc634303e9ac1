package kindling.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConversionTest {
    private static final Conversion SAME = new Conversion(Optional.empty(), Long.MAX_VALUE);

    @TempDir
    Path work;

    /** Written by the reference library, or in its manner. */
    private static List<Path> folders() throws IOException {
        List<Path> folders = new ArrayList<>(Golden.models());
        folders.addAll(Golden.cases(""));
        return folders.stream()
                .filter(folder -> Files.isRegularFile(folder.resolve("model.safetensors")))
                .toList();
    }

    @Test
    void writesEveryModelWithTheBytesThatItHad() throws IOException {
        for (Path folder : folders()) {
            Path copy = converted(SAME, folder, folder.getFileName() + "-same");

            assertThat(copy.resolve("model.safetensors"))
                    .as(folder.toString())
                    .hasBinaryContent(Files.readAllBytes(folder.resolve("model.safetensors")));
        }
    }

    @Test
    void leavesTypesThatNoFloatHoldsAsTheyAre() throws IOException {
        for (Path folder : Golden.cases("safetensors-files")) {
            Path single = Files.createDirectories(work.resolve("every"));
            Files.copy(folder.resolve("dtypes.safetensors"), single.resolve("model.safetensors"));

            Path same = converted(SAME, single, "copy");
            try (TensorFile copy = TensorFile.map(same.resolve("model.safetensors"));
                    TensorFile original = TensorFile.map(single.resolve("model.safetensors"))) {
                assertThat(copy.entries()).isEqualTo(original.entries());
                for (Header.Entry entry : original.entries()) {
                    assertThat(copy.values(entry)).as(entry.name()).isEqualTo(original.values(entry));
                }
            }

            Path half = converted(new Conversion(Optional.of(Dtype.BF16), Long.MAX_VALUE), single, "half");
            try (TensorFile file = TensorFile.map(half.resolve("model.safetensors"))) {
                assertThat(file.entries())
                        .extracting(Header.Entry::dtype)
                        .isSortedAccordingTo(Comparator.reverseOrder())
                        .contains(Dtype.I64, Dtype.BF16, Dtype.BOOL)
                        .doesNotContain(Dtype.F64, Dtype.F32, Dtype.F16);
                assertThat(file.metadata()).containsEntry("note", "every dtype");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"F16", "BF16"})
    void hasTheSameBytesAgainAfterAWayThroughFloats(Dtype dtype) throws IOException {
        for (Path folder : folders()) {
            String name = folder.getFileName().toString();
            Path half = converted(new Conversion(Optional.of(dtype), Long.MAX_VALUE), folder, name + dtype);
            Path full = converted(new Conversion(Optional.of(Dtype.F32), Long.MAX_VALUE), half, name + dtype + "F32");
            Path again = converted(new Conversion(Optional.of(dtype), Long.MAX_VALUE), full, name + dtype + "again");

            assertThat(again.resolve("model.safetensors")).hasSameBinaryContentAs(half.resolve("model.safetensors"));
            assertThat(Files.size(half.resolve("model.safetensors")))
                    .isLessThan(Files.size(full.resolve("model.safetensors")) * 6 / 10);
        }
    }

    @Test
    void cutsAModelInFilesAndJoinsThemAgain() throws IOException {
        for (Path folder : folders()) {
            String name = folder.getFileName().toString();
            Path several = converted(new Conversion(Optional.empty(), 10_000), folder, name + "-several");

            assertThat(several.resolve("model.safetensors")).doesNotExist();
            ShardIndex index;
            try (var in = Files.newInputStream(several.resolve(ShardIndex.FILE))) {
                index = ShardIndex.read(in);
            }
            int count = index.names().size();
            assertThat(index.names()).first().isEqualTo("model-00001-of-%05d.safetensors".formatted(count));
            for (String file : index.names()) {
                try (TensorFile shard = TensorFile.map(several.resolve(file))) {
                    long bytes = shard.entries().stream()
                            .mapToLong(Header.Entry::bytes)
                            .sum();
                    assertThat(bytes <= 10_000 || shard.entries().size() == 1).isTrue();
                }
            }
            assertThat(converted(SAME, several, name + "-one").resolve("model.safetensors"))
                    .hasSameBinaryContentAs(folder.resolve("model.safetensors"));
        }
    }

    @Test
    void putsTheTensorsOfAStreamInAnotherOrder() throws IOException {
        Path mixed = Files.createDirectories(work.resolve("mixed"));
        Map<String, SafeTensors.Tensor> tensors = new LinkedHashMap<>();
        tensors.put("z", SafeTensors.Tensor.of(1, 2));
        tensors.put("a", SafeTensors.Tensor.of(3));
        try (OutputStream out = Files.newOutputStream(mixed.resolve("model.safetensors"))) {
            SafeTensors.write(out, tensors, Map.of());
        }
        byte[] file = Files.readAllBytes(mixed.resolve("model.safetensors"));
        CheckpointFolder stream = new CheckpointFolder() {
            @Override
            public boolean has(String name) {
                return name.equals("model.safetensors");
            }

            @Override
            public ByteArrayInputStream open(String name) {
                return new ByteArrayInputStream(file);
            }
        };
        Path to = Files.createDirectories(work.resolve("sorted"));

        new Conversion(Optional.of(Dtype.F16), Long.MAX_VALUE)
                .run(stream, name -> Files.newOutputStream(to.resolve(name)));

        try (TensorFile sorted = TensorFile.map(to.resolve("model.safetensors"))) {
            assertThat(sorted.entries()).extracting(Header.Entry::name).containsExactly("a", "z");
            assertThat(sorted.values(sorted.entries().get(0))).containsExactly(3);
            assertThat(sorted.values(sorted.entries().get(1))).containsExactly(1, 2);
        }
    }

    @Test
    void refusesTypesThatItCannotWrite() {
        assertThatThrownBy(() -> new Conversion(Optional.of(Dtype.I64), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Conversion(Optional.empty(), 0)).hasMessageContaining("at least 1 byte, got 0");
    }

    private Path converted(Conversion conversion, Path from, String name) throws IOException {
        Path to = Files.createDirectories(work.resolve(name));
        conversion.run(CheckpointFolder.of(from), file -> Files.newOutputStream(to.resolve(file)));
        try (Stream<Path> files = Files.list(to)) {
            assertThat(files).isNotEmpty();
        }
        return to;
    }
}
