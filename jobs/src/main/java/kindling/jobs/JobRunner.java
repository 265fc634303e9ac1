package kindling.jobs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import kindling.jobs.io.InputFiles;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Json;
import kindling.jobs.io.Manifest;
import kindling.jobs.io.Output;
import kindling.jobs.io.Progress;
import kindling.jobs.io.Report;
import kindling.jobs.io.Session;
import kindling.jobs.io.Storage;
import kindling.jobs.io.Tables;
import kindling.jobs.report.Page;
import kindling.jobs.train.TrainingLog;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Runs one job: checks its options, skips it when it is done, gives it a place to write, commits what it wrote. */
final class JobRunner {
    private final Session session;

    JobRunner(Session session) {
        this.session = session;
    }

    /** @param command the parsed command line, whose command object is a {@link Job} */
    Path run(CommandLine command) throws Exception {
        Job job = command.getCommand();
        CommandSpec spec = command.getCommandSpec();
        check(job, spec);
        Output output = new Output(job.common().output, manifest(job, spec));
        if (output.isDone(job.common().overwrite)) {
            Progress.line("%s | done before, skipped | %s".formatted(spec.name(), output.folder()));
            return output.folder();
        }
        work(job, spec, output);
        return output.folder();
    }

    private void work(Job job, CommandSpec spec, Output output) throws Exception {
        if (job.resumes()) {
            output.begin(job.common().overwrite);
        } else {
            output.restart();
        }
        Manifest manifest = output.manifest();
        Report report = new Report(manifest);
        Progress.line("%s | started | %s".formatted(spec.name(), output.folder()));
        Progress progress = Progress.of(spec.name(), session);
        try {
            job.run(new Run(spec.name(), session, output.staging(), manifest, report, job.common()));
        } finally {
            progress.close();
        }
        report.page().ifPresent(page -> {
            Page.Step step = new Page.Step(spec.name(), Json.parse(report.json()), TrainingLog.in(output.staging()));
            Storage.write(
                    new Path(output.staging(), page), Page.html(output.folder().getName(), List.of(step)));
        });
        output.commit(report);
        Progress.line(String.format(
                Locale.ROOT, "%s | finished | %s%.1f s", spec.name(), report.summary(), report.elapsedSeconds()));
    }

    private static void check(Job job, CommandSpec spec) {
        List<String> problems = new ArrayList<>();
        Integer partitions = job.common().partitions;
        if (partitions != null && partitions < 1) {
            problems.add("--partitions must be >= 1, got " + partitions);
        }
        if (InputFiles.isPattern(new Path(job.common().output))) {
            problems.add("--output must not hold * ? [ or {, which are patterns when it is read, got "
                    + job.common().output);
        }
        job.check(problems);
        for (OptionSpec option : spec.options()) {
            for (InputPath input : inputs(option)) {
                try {
                    Tables.files(input);
                } catch (UserError e) {
                    problems.add(option.longestName() + ": " + e.getMessage());
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new UserError(problems.stream().collect(Collectors.joining("\n", spec.name() + ": ", "")));
        }
    }

    private static Manifest manifest(Job job, CommandSpec spec) {
        TreeMap<String, String> options = new TreeMap<>(job.facts());
        TreeMap<String, Manifest.Input> inputs = new TreeMap<>();
        for (OptionSpec option : spec.options()) {
            String name = option.longestName().substring(2);
            List<InputPath> paths = inputs(option);
            if (!paths.isEmpty()) {
                for (int i = 0; i < paths.size(); i++) {
                    inputs.put(paths.size() == 1 ? name : name + "." + i, Manifest.describe(paths.get(i)));
                }
            } else if (option.getValue() != null
                    && !option.usageHelp()
                    && !CommonOptions.LAYOUT.equals(option.descriptionKey())) {
                options.put(name, text(option.getValue()));
            }
        }
        return new Manifest(spec.name(), Version.current(), options, inputs);
    }

    private static String text(Object value) {
        return value instanceof Collection<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                : String.valueOf(value);
    }

    private static List<InputPath> inputs(OptionSpec option) {
        Object value = option.getValue();
        if (value instanceof InputPath path) {
            return List.of(path);
        }
        Collection<?> values = value instanceof Map<?, ?> named ? named.values() : List.of();
        return (value instanceof Collection<?> list ? list : values)
                .stream()
                        .filter(InputPath.class::isInstance)
                        .map(InputPath.class::cast)
                        .toList();
    }
}
