@testable import Notebook
import Testing

/// The answers are those of jupytext 1.19.6.
@Suite struct CellMarkerTests {
    private func matches(_ line: String, _ comment: Language.Comment, bareDepth: Bool = false)
        -> Bool
    {
        CellMarker(comment, acceptsBareDepth: bareDepth).matches(Array(line.utf8).span)
    }

    @Test(
        arguments: [
            "# %%", "#%%", "  # %%", "# %% x", "# %%\t", "#   %%", "#\t%% x", "# %%% x", "# %%% ",
            "# <codecell>", "#<codecell>  ", "# In[1]:", "# In[1]", "# In[ ]:", "# In[]:",
            "# In[12 ]: ", "# %% \u{A0}", "# %%\u{A0}", "#\u{A0}%%", "#In[1]:",
        ])
    func `these lines begin a cell`(line: String) {
        #expect(matches(line, Languages.python.comment))
    }

    @Test(
        arguments: [
            "# %%%%", "# %%x", "# %%%", "# %%[markdown]", "## %%", "# # %%", "# <codecell> x",
            "# In[1]: x", "# In[*]:", "# <markdowncell>", "# cell", "# region", "%%", "x # %%", "",
            "#", "# %", "# <codecell", "# In[1",
        ])
    func `these lines do not`(line: String) {
        #expect(!matches(line, Languages.python.comment))
    }

    @Test func `a depth without a space is a marker in scripts with a header`() {
        #expect(matches("# %%%", Languages.python.comment, bareDepth: true))
        #expect(!matches("# %%%x", Languages.python.comment, bareDepth: true))
    }

    @Test(
        arguments: [
            (".ml", "(* %% *)", true), (".ml", "(* %% [markdown] *)", true), (".ml", "(* %%", true),
            (".ml", "(*%%*)", false), (".ml", "(* %%*)", false), (".m", "% %%", true),
            (".m", "%%", false),
            (".m", "%%%", true), (".m", "%% Title", false), (".m", "%%%% x", true),
            (".cpp", "// %%", true),
            (".cpp", "//%%", true), (".cpp", "# %%", false), (".clj", ";; %%", true),
            (".clj", "; %%", false),
            (".sql", "-- %%", true), (".q", "/ %%", true), (".sas", "/* %% x */", true),
        ])
    func `the comment sign is that of the language`(
        fileExtension: String, line: String, isMarker: Bool
    ) throws {
        let language = try #require(Languages.language(withExtension: fileExtension))
        #expect(matches(line, language.comment) == isMarker)
    }

    @Test(
        arguments: [
            "# %%", "#%% x", "  # %% [markdown]", "# In[1]:", "# <codecell>", "# \\%%",
            "# \\\\%% x",
            "# %%%",
        ])
    func `a line that looks like a marker is escaped and comes back`(line: String) throws {
        let marker = CellMarker(Languages.python.comment, acceptsBareDepth: true)
        let written = marker.escaped(Array(line.utf8).span)
        let escaped = try #require(written)
        let isMarker = marker.matches(escaped.span)
        #expect(!isMarker)
        let unescaped = marker.unescaped(escaped.span)
        #expect(unescaped?.text == line)
    }

    @Test(arguments: ["x", "# x", "#", "", "\\%%", "# \\x", "## %%"])
    func `other lines are neither escaped nor unescaped`(line: String) {
        let marker = CellMarker(Languages.python.comment, acceptsBareDepth: true)
        let escaped = marker.escaped(Array(line.utf8).span)
        let unescaped = marker.unescaped(Array(line.utf8).span)
        #expect(escaped == nil)
        #expect(unescaped == nil)
    }
}
