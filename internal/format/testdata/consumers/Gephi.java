import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gephi.graph.api.Column;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.Element;
import org.gephi.graph.api.Graph;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.Node;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.importer.api.Issue;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.project.api.ProjectController;
import org.gephi.project.api.Workspace;
import org.openide.util.Lookup;

/**
 * Opens graphs as Gephi does, each in a workspace of its own, and writes what is then in the
 * workspace beside them: java -cp 'FOLDER/gephi/*' Gephi.java FILE... writes FILE.gephi.dump.json.
 */
public class Gephi {
  private static final Gson JSON = new GsonBuilder().serializeSpecialFloatingPointValues().create();

  public static void main(String[] files) throws Exception {
    ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
    ImportController imports = Lookup.getDefault().lookup(ImportController.class);
    projects.newProject();
    for (String file : files) {
      Container container = imports.importFile(new File(file));
      if (container == null) {
        throw new IllegalStateException(file + ": Gephi has no importer for it");
      }
      Workspace workspace = projects.newWorkspace(projects.getCurrentProject());
      imports.process(container, new DefaultProcessor(), workspace);
      Map<String, Object> dump = dump(Lookup.getDefault().lookup(GraphController.class).getGraphModel(workspace).getGraph());
      List<String> issues = new ArrayList<>();
      for (java.util.Iterator<Issue> i = container.getReport().getIssues(1000); i.hasNext();) {
        Issue issue = i.next();
        if (issue.getLevel().toInteger() > Issue.Level.INFO.toInteger()) {
          issues.add(issue.getLevel() + ": " + issue.getMessage());
        }
      }
      dump.put("issues", issues);
      Files.write(Path.of(file + ".gephi.dump.json"), JSON.toJson(dump).getBytes(StandardCharsets.UTF_8));
      projects.deleteWorkspace(workspace);
    }
    System.exit(0); // Gephi leaves threads behind
  }

  private static Map<String, Object> dump(Graph graph) {
    List<Object> nodes = new ArrayList<>();
    for (Node n : graph.getNodes()) {
      Map<String, Object> node = new LinkedHashMap<>();
      node.put("id", n.getId());
      node.put("label", n.getLabel());
      node.put("attributes", attributes(n));
      nodes.add(node);
    }
    List<Object> edges = new ArrayList<>();
    for (Edge e : graph.getEdges()) {
      Map<String, Object> edge = new LinkedHashMap<>();
      edge.put("id", e.getId());
      edge.put("from", e.getSource().getId());
      edge.put("to", e.getTarget().getId());
      edge.put("label", e.getLabel());
      edge.put("directed", e.isDirected());
      edge.put("weight", e.getWeight());
      edge.put("attributes", attributes(e));
      edges.add(edge);
    }
    Map<String, Object> dump = new LinkedHashMap<>();
    dump.put("nodes", nodes);
    dump.put("edges", edges);
    return dump;
  }

  /** The columns that the file has brought, by their titles. */
  private static Map<String, Object> attributes(Element element) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Column c : element.getTable()) {
      if (!c.isProperty() && element.getAttribute(c) != null) {
        values.put(c.getTitle(), element.getAttribute(c));
      }
    }
    return values;
  }
}
