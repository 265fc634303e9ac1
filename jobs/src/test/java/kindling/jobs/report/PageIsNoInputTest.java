package kindling.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kindling.jobs.io.Report;
import kindling.jobs.io.Storage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageIsNoInputTest {
    @TempDir
    Path folder;

    private List<String> files() {
        return Storage.files(Storage.absolute(folder.toString())).stream()
                .map(file -> file.getPath().getName())
                .toList();
    }

    @Test
    void whatIsNoDataIsNotRead() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "text");
        Files.writeString(folder.resolve(Report.FILE), "{}");
        Files.writeString(folder.resolve(Report.PAGE), Page.html("job", List.of()));
        Files.writeString(folder.resolve(Report.RUN_PAGE), Page.html("run", List.of()));

        assertThat(files()).containsExactly("a.txt");
    }

    @Test
    void aUsersOwnPageOfThatNameIsRead() throws IOException {
        Files.writeString(folder.resolve(Report.RUN_PAGE), "<!DOCTYPE html>\n<title>Quarterly report</title>");

        assertThat(files()).containsExactly(Report.RUN_PAGE);
    }
}
