package kindling.jobs;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Storage;
import org.apache.hadoop.fs.FileStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Fetches a public corpus through Maven: runs the {@code process-resources} phase of a POM that copies artifacts into
 * {@code ${corpus}}. The user's own Maven settings, mirrors and cache apply.
 */
@Command(name = "fetch", description = "Fetch artifacts that a Maven POM names, as a corpus.")
final class FetchJob implements Job {
    @Mixin
    CommonOptions common;

    @Option(names = "--pom", required = true, paramLabel = "FILE", description = "The POM, on the local disk.")
    InputPath pom;

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public void run(Run run) throws IOException, InterruptedException {
        Path corpus = Files.createTempDirectory("kindling-fetch");
        File log = File.createTempFile("kindling-fetch", ".log");
        File local = new File(Storage.absolute(pom.path()).toUri().getPath());
        int code = new ProcessBuilder(
                        "mvn", "-B", "-ntp", "-f", local.getPath(), "process-resources", "-Dcorpus=" + corpus)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start()
                .waitFor();
        if (code != 0) {
            throw new UserError("Maven could not fetch the corpus of %s:\n%s"
                    .formatted(pom, Files.readString(log.toPath(), StandardCharsets.UTF_8)));
        }
        List<FileStatus> files = Storage.files(new org.apache.hadoop.fs.Path(corpus.toUri()));
        for (FileStatus file : files) {
            Storage.write(
                    run.file(file.getPath().getName()),
                    out -> Files.copy(Path.of(file.getPath().toUri()), out));
            Files.delete(Path.of(file.getPath().toUri()));
        }
        Files.delete(corpus);
        Files.delete(log.toPath());
        run.report()
                .put("files", files.size())
                .put("bytes_out", files.stream().mapToLong(FileStatus::getLen).sum());
    }
}
