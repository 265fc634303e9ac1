package kindling.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {
    private static final JavaClasses KINDLING = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("kindling");

    @Test
    void onlyJobsKnowsSpark() {
        noClasses()
                .that()
                .resideOutsideOfPackage("kindling.jobs..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..")
                .check(KINDLING);
    }

    @Test
    void dataPrepKnowsTextAndIdsAlone() {
        noClasses()
                .that()
                .resideInAPackage("kindling.prep..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("kindling.model..", "kindling.jobs..", "org.nd4j..", "org.bytedeco..")
                .check(KINDLING);
    }

    @Test
    void modelKnowsIdsAndTensorsAlone() {
        noClasses()
                .that()
                .resideInAPackage("kindling.model..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("kindling.prep..", "kindling.jobs..", "org.jsoup..")
                .check(KINDLING);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"kindling.prep.(**)", "kindling.model.(**)", "kindling.jobs.(**)"})
    void packagesHaveNoCycles(String packages) {
        slices().matching(packages).should().beFreeOfCycles().check(KINDLING);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Utils", "Util", "Manager", "Helper", "Common", "Impl"})
    void noClassIsNamedAfterNothing(String ending) {
        noClasses().should().haveSimpleNameEndingWith(ending).check(KINDLING);
    }
}
