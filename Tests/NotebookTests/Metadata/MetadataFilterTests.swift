import Laws
@testable import Notebook
import Testing

@Suite struct MetadataFilterTests {
    private let metadata: JSONObject = [
        "a": 1, "b": ["c": 1, "d": ["e": 2, "f": 3]], "tags": [], "collapsed": true, "x": 2,
    ]

    private func cell(_ filter: String) -> JSONObject {
        MetadataFilter(filter).cellKeys(hidden: ["collapsed", "scrolled"]).shown(of: metadata)
    }

    private func notebook(_ filter: String) -> JSONObject {
        MetadataFilter(filter).notebookKeys(defaults: ["a", "z"]).shown(of: metadata)
    }

    @Test(
        arguments: [
            ("", ["a", "b", "x"]), ("all", ["a", "b", "tags", "collapsed", "x"]), ("-all", []),
            ("a,-all", ["a"]), ("+a , x,-all", ["a", "x"]), ("-a", ["b", "x"]),
            ("all,-a", ["b", "tags", "collapsed", "x"]),
            ("collapsed", ["a", "b", "collapsed", "x"]), ("tags", ["a", "b", "x"]),
            ("tags,-all", ["tags"]),
            ("all,-a,a", ["a", "b", "tags", "collapsed", "x"]), ("nothing,-all", []),
            (",, ,", ["a", "b", "x"]),
        ] as [(String, [String])])
    func `cells show what the filter lets through`(filter: String, keys: [String]) {
        #expect(cell(filter).members.map(\.key.string) == keys)
    }

    @Test(
        arguments: [
            ("", ["a"]), ("x", ["a", "x"]), ("-a", []),
            ("all", ["a", "b", "tags", "collapsed", "x"]), ("-all", []),
            ("x,-all", ["x"]), ("all,-b", ["a", "tags", "collapsed", "x"]), ("x,-a", ["x"]),
        ] as [(String, [String])])
    func `notebooks show the defaults and what the filter says`(filter: String, keys: [String]) {
        #expect(notebook(filter).members.map(\.key.string) == keys)
    }

    @Test func `dots reach into objects`() {
        #expect(cell("b.d.e,-all") == ["b": ["d": ["e": 2]]])
        #expect(cell("b.z,-all") == [:])
        #expect(cell("-b.d.e")["b"] == ["c": 1, "d": ["f": 3]])
        #expect(cell("-b.d")["b"] == ["c": 1])
        #expect(cell("-a.b")["a"] == 1)
        #expect(notebook("b.c") == ["a": 1, "b": ["c": 1]])
    }

    @Test func `a filter may be an object or false`() throws {
        let object = try #require(MetadataFilter(["additional": ["a", "x"], "excluded": "all"]))
        #expect(object == MetadataFilter("a,x,-all"))
        #expect(MetadataFilter(["additional": "all"]) == MetadataFilter("all"))
        #expect(MetadataFilter(false) == MetadataFilter("-all"))
        #expect(MetadataFilter(nil) == nil)
        #expect(MetadataFilter(1) == nil)
    }

    @Test func `technical keys are never shown`() {
        let all = JupytextSection(["jupytext": ["cell_metadata_filter": "all"]])
        let metadata: JSONObject = [
            "a": 1, "cell_marker": "x", "lines_to_next_cell": 2, "skipline": true, "trusted": true,
        ]
        #expect(all.shownCellMetadata(metadata) == ["a": 1, "trusted": true])
        #expect(JupytextSection([:]).shownCellMetadata(metadata) == ["a": 1])
    }
}
