import Foundation
import Support
import Testing

/// What 'make build' built.
private let program = projectRoot.appendingPathComponent(".build/release/nbgit").path

/// Whether it is that of these sources.
private let isProgramNew: Bool = {
    let files = FileManager.default
    func time(_ path: String) -> Date {
        (try? files.attributesOfItem(atPath: path)[.modificationDate]) as? Date ?? .distantPast
    }
    let sources = projectRoot.appendingPathComponent("Sources").path
    let names = files.enumerator(atPath: sources)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".swift") || $0.hasSuffix(".c") }
        .allSatisfy { time("\(sources)/\($0)") < time(program) }
}()

/// The programs of PyPI, and what pip needs to install more without a network.
private let tools = projectRoot.appendingPathComponent(".build/programs/bin").path
private let packages = projectRoot.appendingPathComponent(".build/programs/wheels").path

/// The folder of the compiler, beside which its terms lie.
private let toolchain =
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    .first { FileManager.default.isExecutableFile(atPath: "\($0)/swift") } ?? "/usr/bin"

/// The wheel of the release program, installed as people install it, without a network.
@Suite(
    .enabled(if: isProgramNew, "run 'make build' first"),
    .enabled(
        if: FileManager.default.isExecutableFile(atPath: tools + "/python"),
        "run 'Scripts/install-dependencies programs' first"))
struct WheelTests {
    /// Wheel and tar, made once for all tests.
    private static let packed = Result {
        let folder = try TemporaryDirectory()
        let sandbox = try GitSandbox(adding: ["PATH": path])
        try sandbox.shell(
            "'\(scripts)/wheel' wheel && '\(scripts)/release' \"$PWD/tar\"", in: folder.path)
        return folder
    }
    private static let path = "\(tools):/usr/local/bin:/usr/bin:/bin:\(toolchain)"
    private static let scripts = projectRoot.appendingPathComponent("Scripts").path
    private let folder: TemporaryDirectory
    private let sandbox: GitSandbox
    private let wheel: String
    private let tar: String

    init() throws {
        let packed = try Self.packed.get()
        folder = try TemporaryDirectory()
        wheel = packed.path("wheel/\(try #require(packed.names("wheel").first))")
        tar = packed.path("tar/\(try #require(packed.names("tar").first))")
        sandbox = try GitSandbox(adding: [
            "PATH": Self.path, "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": "\(packed.path("wheel")) \(packages)",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONDONTWRITEBYTECODE": "1",
            "SCRIPTS": Self.scripts, "WHEEL": wheel, "TAR": tar,
        ])
    }

    @Test func `the same program makes the same wheel, fit for any Linux`() throws {
        try sandbox.shell(
            """
            sleep 2; "$SCRIPTS/wheel" again && cmp "$WHEEL" again/*.whl
            SOURCE_DATE_EPOCH=1700000000 "$SCRIPTS/wheel" later
            python -m zipfile -l later/*.whl | grep -q 2023-11-14
            auditwheel show "$WHEEL" | tr '\\n' ' ' | grep -q 'platform tag: "manylinux_2_5_'
            """, in: folder.path)
        for platform in ["manylinux_2_17_", "manylinux2014_", "musllinux_1_1_"] {
            #expect(wheel.contains(platform))
        }
    }

    @Test func `pip installs it without an index, and takes all of it away`() throws {
        let shown = try sandbox.shellOutput(
            """
            python -m venv fresh && find fresh | sort >before
            fresh/bin/pip install --quiet nbgit
            fresh/bin/nbgit --version && fresh/bin/python -m nbgit --version
            cmp fresh/bin/nbgit '\(program)'
            ldd fresh/bin/nbgit 2>&1 | sed 's/^[[:space:]]*//' || true
            fresh/bin/pip show nbgit | grep -E '^(Name|Summary|Requires)'
            fresh/bin/pip check >/dev/null && fresh/bin/pip uninstall --quiet --yes nbgit
            find fresh | sort | cmp - before
            """, in: folder.path)
        let version = try Support.run([program, "--version"], in: "/").text
        #expect(
            shown == """
                \(version)\(version)not a dynamic executable
                Name: nbgit
                Summary: Make Jupyter notebooks good citizens of git
                Requires: \n
                """)
    }

    @Test func `a release is what is installed, in a tar that comes out the same`() throws {
        let shown = try sandbox.shellOutput(
            """
            sleep 2; "$SCRIPTS/release" "$PWD/again" >/dev/null && cmp "$TAR" again/*
            mkdir local && tar -xzf "$TAR" --strip-components 1 -C local
            cmp local/bin/nbgit '\(program)'
            cd local && find . -type f | grep -v -e 'man1/nbgit-' -e '/licenses/' | sort
            test -e share/man/man1/nbgit-save.1
            """, in: folder.path)
        #expect(
            shown.split(separator: "\n") == [
                "./CHANGELOG.md", "./LICENSE", "./README.md", "./bin/nbgit",
                "./share/bash-completion/completions/nbgit",
                "./share/fish/vendor_completions.d/nbgit.fish", "./share/man/man1/nbgit.1",
                "./share/zsh/site-functions/_nbgit",
            ], "\(shown)")
    }

    @Test func `wheel and release have the terms of all that is linked`() throws {
        let shown = try sandbox.shellOutput(
            """
            mkdir tar && tar -xzf "$TAR" --strip-components 1 -C tar
            python -m zipfile -e "$WHEEL" wheel
            cd wheel/*.dist-info
            cmp licenses/LICENSE ../../tar/LICENSE && diff -r licenses/linked ../../tar/share/doc/nbgit/licenses
            sed -n 's/^License-File: //p' METADATA | sort >../named
            (cd licenses && find * -type f | sort) | diff ../named -
            sed -n 's/^License-Expression: //p' METADATA
            ls licenses/linked
            """, in: folder.path)
        let names = Set(shown.split(separator: "\n").map(String.init))
        #expect(names.isSuperset(of: ["MIT", "swift.txt", "libtomlplusplus.txt", "LGPL-2.1.txt"]))
        guard FileManager.default.fileExists(atPath: "/usr/bin/dpkg") else { return }
        let owners = try sandbox.shellOutput(
            """
            archives=$(sed -n "s/^archives='\\(.*\\)'/\\1/p" "$SCRIPTS/build")
            test -n "$archives"
            for name in $archives c; do dpkg -S "$(realpath "$(cc -print-file-name=lib$name.a)")"; done
            """, in: folder.path)
        for owner in owners.split(separator: "\n") {
            let package = owner.prefix { $0 != ":" }.replacing("-dev", with: "")
            #expect(names.contains("\(package).txt"), "Scripts/licences does not name it")
        }
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: packages), "setuptools is missing"))
    func `pre-commit installs it for those who have no Swift`() throws {
        let page = try Document(of: projectRoot.appendingPathComponent("docs/teams.md"))
        let hook = try #require(page.block(noted: "pre-commit with the wheel"))
        try folder.write(hook, to: "work/.pre-commit-config.yaml")
        let notebook = "Fixtures/notebooks/python/basics/notebook.ipynb"
        let shown = try sandbox.shellOutput(
            """
            git init -q && cp '\(projectRoot.appendingPathComponent(notebook).path)' a.ipynb && git add -A
            ! pre-commit run --all-files && git add a.py && pre-commit run --all-files
            """, in: folder.path("work"))
        #expect(shown.contains("wrote a.py, which is not staged yet"), "\(shown)")
        #expect(shown.hasSuffix("Passed\n"), "\(shown)")
    }
}
