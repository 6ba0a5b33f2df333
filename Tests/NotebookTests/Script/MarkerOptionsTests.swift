import Laws
@testable import Notebook
import Testing

/// The answers are those of jupytext 1.19.6 for a cell with this text behind `# %%`.
@Suite struct MarkerOptionsTests {
    @Test(
        arguments: [
            ("", "code", "{}"),
            (" ", "code", "{}"),
            (" Title", "code", "{\"title\": \"Title\"}"),
            (" [markdown]", "markdown", "{}"),
            (" Title [markdown]", "markdown", "{\"title\": \"Title\"}"),
            (" [raw] x", "raw", "{\"title\": \"x\"}"),
            (" [md] x", "markdown", "{\"region_name\": \"md\", \"title\": \"x\"}"),
            (" a [markdown] b", "markdown", "{\"title\": \"a  b\"}"),
            ("% Sub", "code", "{\"cell_depth\": 1, \"title\": \"Sub\"}"),
            ("%% Deep [raw]", "raw", "{\"cell_depth\": 2, \"title\": \"Deep\"}"),
            ("% ", "code", "{\"cell_depth\": 1}"),
            (" a=1", "code", "{\"a\": 1}"),
            (" T a=1", "code", "{\"a\": 1, \"title\": \"T\"}"),
            (
                " A title a=\"x y\" b=[1, 2]", "code",
                "{\"a\": \"x y\", \"b\": [1, 2], \"title\": \"A title\"}"
            ),
            (" tags=[\"a\", \"b\"]", "code", "{\"tags\": [\"a\", \"b\"]}"),
            (" key", "code", "{\"title\": \"key\"}"),
            (" T .key", "code", "{\".key\": null, \"title\": \"T\"}"),
            (" T .a .b", "code", "{\".a\": null, \".b\": null, \"title\": \"T\"}"),
            (
                " a=1 x b=2 c d", "code",
                "{\"a\": 1, \"b\": 2, \"c\": null, \"d\": null, \"x\": null}"
            ),
            (" a.b=1 c/d=2 e-f=3 @g=4", "code", "{\"@g\": 4, \"a.b\": 1, \"c/d\": 2, \"e-f\": 3}"),
            (" x={\"a\": \"b=c\"}", "code", "{\"x\": {\"a\": \"b=c\"}}"),
            (" x=\"a=b\"", "code", "{\"x\": \"a=b\"}"),
            (" a = 1", "code", "{\"a\": 1}"),
            (" a= 1", "code", "{\"a\": 1}"),
            (" a =1", "code", "{\"a\": 1}"),
            (" x='y'", "code", "{\"x\": \"y\"}"),
            (" x=True y=None z=False", "code", "{\"x\": true, \"y\": null, \"z\": false}"),
            (" x=(1, 2)", "code", "{\"x\": [1, 2]}"),
            (" x=(1)", "code", "{\"x\": 1}"),
            (" x=(1,)", "code", "{\"x\": [1]}"),
            (" x={'a': (1,)}", "code", "{\"x\": {\"a\": [1]}}"),
            (" x=NaN", "code", "{\"x\": NaN}"),
            (" x=1e3", "code", "{\"x\": 1000.0}"),
            (" x=1.50", "code", "{\"x\": 1.5}"),
            (" x=0x1F", "code", "{\"x\": 31}"),
            (" x=-1", "code", "{\"x\": -1}"),
            (" x=1_000", "code", "{\"x\": 1000}"),
            (" {\"a\": 1}", "code", "{\"a\": 1}"),
            (" T {\"a\": 1}", "code", "{\"a\": 1, \"title\": \"T\"}"),
            (" [markdown] {\"a\": 1}", "markdown", "{\"a\": 1}"),
            (" {'a': 1}", "code", "{\"a\": 1}"),
            (" {oops", "code", "{\"incorrectly_encoded_metadata\": \"{oops\"}"),
            (
                " a=1 {\"b\": 2}", "code",
                "{\"incorrectly_encoded_metadata\": \"a=1 {\\\"b\\\": 2}\"}"
            ),
            (" a=b", "code", "{\"incorrectly_encoded_metadata\": \"a=b\"}"),
            (
                " T a=b c", "code",
                "{\"c\": null, \"incorrectly_encoded_metadata\": \"a=b\", \"title\": \"T\"}"
            ),
            (" a=1 [markdown]", "code", "{\"incorrectly_encoded_metadata\": \"a=1 [markdown]\"}"),
            (" a=1 a=2", "code", "{\"a\": 2}"),
            (" title=\"x\"", "code", "{\"title\": \"x\"}"),
            (" T title=\"x\"", "code", "{\"title\": \"T\"}"),
            (" cell_type=\"markdown\"", "markdown", "{}"),
            (" cell_type=\"raw\"", "raw", "{}"),
            (" [code] x", "code", "{\"title\": \"[code] x\"}"),
            (" [Markdown] x", "code", "{\"title\": \"[Markdown] x\"}"),
            (" a  b", "code", "{\"title\": \"a  b\"}"),
            (" T  a=1", "code", "{\"a\": 1, \"title\": \"T\"}"),
            (" --a", "code", "{\"title\": \"--a\"}"),
            (" -a=1", "code", "{\"-a\": 1}"),
            (" x=\"unfinished", "code", "{\"incorrectly_encoded_metadata\": \"x=\\\"unfinished\"}"),
            (" x=[1, 2", "code", "{\"incorrectly_encoded_metadata\": \"x=[1, 2\"}"),
            (" é=1", "code", "{\"incorrectly_encoded_metadata\": \"\\u00e9=1\"}"),
            (" T é", "code", "{\"title\": \"T \\u00e9\"}"),
            (" x=\"é\"", "code", "{\"x\": \"\\u00e9\"}"),
            (" x=\"\\u00e9\"", "code", "{\"x\": \"\\u00e9\"}"),
            (" 1=2", "code", "{\"1\": 2}"),
            (" 1a", "code", "{\"title\": \"1a\"}"),
            (" T 1a=2", "code", "{\"1a\": 2, \"title\": \"T\"}"),
            (" a==1", "code", "{\"incorrectly_encoded_metadata\": \"a==1\"}"),
            (" a=1=2", "code", "{\"incorrectly_encoded_metadata\": \"a=1=2\"}"),
            (" x=1 # c", "code", "{\"c\": null, \"x\": 1}"),
            (" active=\"py\"", "raw", "{\"active\": \"py\"}"),
            (" active=\"ipynb\"", "code", "{\"active\": \"ipynb\"}"),
            (" active=\"ipynb,py\"", "code", "{\"active\": \"ipynb,py\"}"),
            (" active=\"\"", "raw", "{}"),
            (" tags=[\"active-py\"]", "raw", "{\"tags\": [\"active-py\"]}"),
            (" tags=[\"active-ipynb\"]", "code", "{\"tags\": [\"active-ipynb\"]}"),
            (" run_control={\"frozen\": true}", "code", "{\"run_control\": {\"frozen\": true}}"),
            (
                " slideshow={\"slide_type\": \"slide\"}", "code",
                "{\"slideshow\": {\"slide_type\": \"slide\"}}"
            ),
            (" name=\"x\" hide", "code", "{\"hide\": null, \"name\": \"x\"}"),
            (" .x=1", "code", "{\".x\": 1}"),
            (" T .x=1", "code", "{\".x\": 1, \"title\": \"T\"}"),
            (" x=\"\"\"a\"\"\"", "code", "{\"x\": \"a\"}"),
            (" x=r\"\\d\"", "code", "{\"x\": \"\\\\d\"}"),
            (" x=\"a\" \"b\"", "code", "{\"x\": \"ab\"}"),
            (" {\"title\": \"x\"}", "code", "{\"title\": \"x\"}"),
            (" %% x", "code", "{\"cell_depth\": 2, \"title\": \"x\"}"),
            (" %x", "code", "{\"cell_depth\": 1, \"title\": \"x\"}"),
            (" # x", "code", "{\"title\": \"# x\"}"),
            (" language=\"foo\"", "code", "{\"language\": \"foo\"}"),
            (
                " region_name=\"x\" [markdown]", "code",
                "{\"incorrectly_encoded_metadata\": \"region_name=\\\"x\\\" [markdown]\"}"
            ),
            (" [md] region_name=\"x\"", "markdown", "{\"region_name\": \"md\"}"),
            (" lines_to_next_cell=3", "code", "{\"lines_to_next_cell\": 3}"),
            (" x=.5", "code", "{\"x\": 0.5}"),
            (" x=5.", "code", "{\"x\": 5.0}"),
            (" x=+1", "code", "{\"x\": 1}"),
            (" x=[]", "code", "{\"x\": []}"),
            (" x={}", "code", "{\"x\": {}}"),
            (" x=\"\"", "code", "{\"x\": \"\"}"),
        ])
    func `a marker is read`(options: String, kind: String, metadata: String) throws {
        let script = "# %%\(options)\nx\n\n# %%\ny\n"
        let notebook = try PercentReader.notebook(
            of: Array(script.utf8), language: Languages.python, isDeclared: true)
        let cell = try #require(notebook.cells.first)
        #expect(cell.kind.name == kind)
        #expect(cell.source.text == "x")
        let expected = try JSONText(Array(metadata.utf8)).root.value
        #expect(JSONWriter.block(.object(cell.metadata)) == JSONWriter.block(expected))
    }

    private func text(
        title: String = "", type: String? = nil, depth: Int = 0, metadata: JSONObject = [:],
        isJSON: Bool = false
    ) -> String {
        var options = MarkerOptions()
        options.title = JSONString(title)
        options.type = type
        options.depth = depth
        options.metadata = metadata
        options.isJSON = isJSON
        return options.text.text
    }

    @Test func `all parts stand in order`() {
        #expect(text() == "")
        #expect(text(type: "markdown") == " [markdown]")
        #expect(
            text(title: "T", type: "raw", depth: 2, metadata: ["a": 1, "b": "é\n"])
                == #"%% T [raw] a=1 b="\u00e9\n""#)
        #expect(
            text(title: "T", metadata: ["b": .null, "a": [1, ["c": true]]])
                == #" b=null a=[1, {"c": true}] title="T""#)
    }

    @Test func `a depth alone ends in a space, which jupytext needs`() {
        #expect(text(depth: 1) == "% ")
        #expect(text(type: "markdown", depth: 1) == "% [markdown]")
    }

    @Test func `metadata in JSON are one object`() {
        #expect(
            text(title: "T", metadata: ["a": .null, "b": 15], isJSON: true)
                == #" T {"a": null, "b": 15}"#)
        #expect(text(title: "T", isJSON: true) == " T")
    }

    @Test(
        arguments: [
            ("[markdown] x", #" title="[markdown] x""#), ("[raw]", #" title="[raw]""#),
            ("%x", #" title="%x""#), (" x", #" title=" x""#), ("a\nb", #" title="a\nb""#),
            ("x .y", #" title="x .y""#), ("a\rb", #" title="a\rb""#), ("x  y", " x  y"),
            ("é", " é"), ("a=b", " a=b"), ("[code]", " [code]"), ("1 # 2", " 1 # 2"),
        ])
    func `a title that would be read as something else is spelled out`(title: String, text: String)
    {
        #expect(self.text(title: title) == text)
    }
}
