package kindling.prep.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NeighboursTest {
    @ParameterizedTest
    @EnumSource
    void theApplicationJarHasTheirLongerRuns(Neighbours group) throws IOException {
        String pom = Files.readString(Path.of("../jobs/pom.xml"));

        assertThat(group.codes())
                .allSatisfy(code -> assertThat(pom).contains("language-models/" + code + "/quadrigrams.json"));
    }

    @ParameterizedTest
    @EnumSource
    void areWrittenInLatinLetters(Neighbours group) {
        assertThat(Alphabet.LATIN.codes()).containsAll(group.codes());
    }
}
