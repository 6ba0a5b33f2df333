import Foundation
import Notebook
import Platform
import Support
import Testing
import Workspace

/// What a folder's search takes: each path with what is to become of it.
@Suite struct InputSearchTests {
    let scratch: TemporaryDirectory

    init() throws { scratch = try TemporaryDirectory() }

    private static let module = "def f():\n    pass\n"
    private static let percent = "# %%\n1 + 1\n"

    @Test func `notebooks are taken, wherever they are not hidden or someone else's`() throws {
        // In the order of the search: folder by folder, a folder where its name stands.
        let taken = [
            "B.ipynb", "a/b/c/deep.ipynb", "a/z.ipynb", "a.ipynb", "building/a.ipynb",
            "empty.ipynb", "name.with.periods.ipynb", "venv-notes/a.ipynb", "with space.ipynb",
            "é.ipynb",
        ]
        let passed = [
            ".git/a.ipynb", ".hidden.ipynb", ".hidden/a.ipynb", ".ipynb",
            ".ipynb_checkpoints/a-checkpoint.ipynb", ".venv/a.ipynb", "a.IPYNB", "a.ipynb.bak",
            "a.ipynb~", "a.py", "a/.ipynb_checkpoints/z-checkpoint.ipynb",
            "conda/conda-meta/history", "conda/lib/a.ipynb", "ipynb", "venv/deep/down/a.ipynb",
            "venv/pyvenv.cfg",
        ]
        for name in taken + passed { try scratch.write("", to: name) }
        #expect(try found() == taken)
    }

    @Test func `a link to a notebook is taken, a link to a folder is not followed`() throws {
        try scratch.write("", to: "real/a.ipynb")
        for (link, target) in [
            ("link.ipynb", "real/a.ipynb"), ("folder", "real"), ("loop", "."),
            ("nothing.ipynb", "missing"),
        ] {
            try FileManager.default.createSymbolicLink(
                atPath: scratch.path(link), withDestinationPath: target)
        }
        #expect(try found() == ["link.ipynb", "nothing.ipynb", "real/a.ipynb"])
    }

    @Test func `a link to a folder is searched when it is asked for`() throws {
        try scratch.write("", to: "real/a.ipynb")
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("link"), withDestinationPath: "real")
        #expect(try found("link") == ["link/a.ipynb"])
    }

    @Test func `a pipe or a folder called like a notebook is passed over`() throws {
        #expect(mkfifo(scratch.path("pipe.ipynb"), 0o600) == 0)
        try scratch.write("", to: "folder.ipynb/a.ipynb")
        #expect(try found() == ["folder.ipynb/a.ipynb"])
    }

    @Test func `of scripts only percent scripts are taken`() throws {
        let header = "# ---\n# jupyter:\n#   kernelspec:\n#     name: python3\n# ---\n"
        let taken = [
            "editor.py": "import os\n#%%\nos\n", "header.py": header, "in.py": "# In[1]:\n1\n",
            "julia.jl": Self.percent, "marker.py": Self.percent, "query.sql": "-- %%\nSELECT 1\n",
            "titled.py": "# %% A title\n", "typescript.ts": "// %%\n1\n",
        ]
        let passed = [
            ".hidden.py": Self.percent, "a.ipynb": "", "cell.txt": Self.percent, "empty.py": "",
            "module.py": Self.module, "other.jl": "// %%\n", "percentage.py": "x = 5 # %%\n",
            "string.py": "\"\"\"\n# %%\n\"\"\"\n", "venv/pyvenv.cfg": "",
            "venv/script.py": Self.percent,
        ]
        for (name, text) in taken.merging(passed, uniquingKeysWith: { first, _ in first }) {
            try scratch.write(text, to: name)
        }
        #expect(try found(to: .notebook) == taken.keys.sorted())
        let all = try found(to: .notebook, takesAll: true)
        #expect(
            all
                == (taken.keys + [
                    "empty.py", "module.py", "other.jl", "percentage.py", "string.py",
                ])
                .sorted())
    }

    @Test func `what gitignore names is left out, but no notebook by its own name`() throws {
        try GitSandbox().git("init", "--quiet", in: scratch.path)
        try scratch.write("*.ipynb\nbuild/\nout.py\n!out/keep.py\n/top\n", to: ".gitignore")
        try scratch.write("local/\n", to: "deep/.gitignore")
        for folder in ["", "build/", "deep/", "deep/local/", "deep/top/", "deep/build/", "top/"] {
            try scratch.write("", to: "\(folder)a.ipynb")
            try scratch.write(Self.percent, to: "\(folder)out.py")
            try scratch.write(Self.percent, to: "\(folder)script.py")
        }
        #expect(try found() == ["a.ipynb", "deep/a.ipynb", "deep/top/a.ipynb"])
        #expect(
            try found(to: .notebook) == ["deep/script.py", "deep/top/script.py", "script.py"])
        // Asked for by name, an ignored folder is searched, and its ignored scripts too.
        #expect(try found("build") == ["build/a.ipynb"])
        #expect(
            try found("build", to: .notebook) == ["build/out.py", "build/script.py"])
        #expect(try found("deep") == ["deep/a.ipynb", "deep/top/a.ipynb"])
    }

    @Test func `without a repository there is no gitignore`() throws {
        try scratch.write("build/\n", to: ".gitignore")
        try scratch.write("", to: "build/a.ipynb")
        #expect(try found() == ["build/a.ipynb"])
    }

    @Test func `a repository that git refuses does not stand in the way`() throws {
        try GitSandbox().git("init", "--quiet", in: scratch.path)
        try scratch.write("[core\n", to: ".git/config")
        try scratch.write("build/\n", to: ".gitignore")
        try scratch.write("", to: "build/a.ipynb")
        #expect(try found() == ["build/a.ipynb"])
    }

    @Test func `a file that is named is taken once, whatever it is called`() throws {
        try GitSandbox().git("init", "--quiet", in: scratch.path)
        try scratch.write("ignored.py\n", to: ".gitignore")
        for name in [".hidden.ipynb", "a.IPYNB", "ignored.py"] { try scratch.write("", to: name) }
        #expect(
            try found(".hidden.ipynb", "a.IPYNB", "ignored.py", ".hidden.ipynb")
                == [".hidden.ipynb", "a.IPYNB", "ignored.py"])
    }

    /// The paths from the scratch folder of all that a search of `names` in it finds, in its order.
    private func found(
        _ names: String..., to target: FileFormat? = nil, takesAll: Bool = false
    ) throws -> [String] {
        let paths = names.isEmpty ? [scratch.path] : names.map(scratch.path)
        var conversion = Conversion(inputs: paths.map { .path(Path($0)) })
        conversion.target = target
        conversion.takesAllScripts = takesAll
        conversion.isDry = true
        var found: [String] = []
        let ceiling = Environment(["GIT_CEILING_DIRECTORIES": TemporaryDirectory.place])
        try Converter(conversion, environment: ceiling).run(workers: 1) { result in
            found.append(
                result.input?.string.map { String($0.dropFirst(scratch.path.count + 1)) } ?? "-")
        }
        return found
    }
}
