package io.gamehall.journeys.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** This repository's files, as somebody reads them who deploys it. */
final class Repository {
    private static final Path ROOT = Path.of(System.getProperty("hall.root", ".."));

    private Repository() {}

    static Path path(String relative) {
        return ROOT.resolve(relative);
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The modules that Quarkus builds a program of. */
    static List<String> services() {
        return texts(path("pom.xml"), "/project/modules/module").stream()
                .filter(module -> !texts(
                                path(module + "/pom.xml"),
                                "/project/build/plugins/plugin[artifactId='quarkus-maven-plugin']"
                                        + "/executions/execution/goals/goal[.='build']")
                        .isEmpty())
                .toList();
    }

    /** Whether a module has an extension of Quarkus in what it ships, not only in its tests. */
    static boolean ships(String module, String artifact) {
        return !texts(
                        path(module + "/pom.xml"),
                        "/project/dependencies/dependency[artifactId='" + artifact + "' and not(scope='test')]")
                .isEmpty();
    }

    /** The files below a folder whose names end so; none where there is no such folder. */
    static List<Path> files(Path folder, String suffix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The texts that an XPath (of local names: POMs are read without their namespace) finds in an XML file. */
    private static List<String> texts(Path xml, String xpath) {
        try {
            var document =
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml.toFile());
            var found =
                    (NodeList) XPathFactory.newInstance().newXPath().evaluate(xpath, document, XPathConstants.NODESET);
            var texts = new ArrayList<String>();
            for (int i = 0; i < found.getLength(); i++) {
                texts.add(found.item(i).getTextContent().strip());
            }
            return texts;
        } catch (IOException | SAXException | ParserConfigurationException | XPathExpressionException e) {
            throw new IllegalStateException("Cannot read " + xml, e);
        }
    }
}
