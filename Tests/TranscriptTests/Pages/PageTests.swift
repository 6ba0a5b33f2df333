import Foundation
import Support
import Testing

/// What the pages of the project point to is there: pages, headings, files, commands, proofs.
@Suite struct PageTests {
    @Test(arguments: Page.all)
    func `every link leads somewhere`(page: Page) throws {
        let folder = projectRoot.appendingPathComponent(page.name).deletingLastPathComponent()
        for (line, target) in page.links {
            let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
            let file = folder.appendingPathComponent(String(parts[0])).standardizedFileURL
            guard parts[0].isEmpty || FileManager.default.fileExists(atPath: file.path) else {
                Issue.record("\(page.name):\(line): there is no '\(target)'")
                continue
            }
            guard parts.count == 2 else { continue }
            let name = file.path.dropFirst(projectRoot.path.count + 1)
            let other = parts[0].isEmpty ? page : try Page(String(name))
            #expect(
                other.anchors.contains(String(parts[1])),
                "\(page.name):\(line): there is no heading for '\(target)'")
        }
    }

    // STYLE.md names files of others.
    @Test(arguments: Page.all.filter { $0.name != "STYLE.md" })
    func `every file that is named is there`(page: Page) {
        for (line, path) in page.namedFiles {
            let file = projectRoot.appendingPathComponent(path).path
            #expect(
                FileManager.default.fileExists(atPath: file),
                "\(page.name):\(line): there is no '\(path)'")
        }
    }

    @Test func `every command would be understood`() throws {
        let binary = try #require(BuiltBinary.path)
        let commands = try ReferenceTests.commands()
        var lines: [String: (place: String, line: String)] = [:]
        var names: Set<String> = []
        // Those of docs/commands are made from the tables.
        for page in Page.all where !page.name.hasPrefix("docs/commands/") {
            for (line, command, isInSentence) in page.commandLines {
                let place = "\(page.name):\(line)"
                let complaint = ReferenceTests.unknownCommand(in: command, commands)
                if let complaint { Issue.record("\(place): \(complaint)") }
                guard !command.contains(where: { "<[…|→".contains($0) }) else { continue }
                if isInSentence { names.insert(place) }
                lines[command] = lines[command] ?? (place, command)
            }
        }
        #expect(lines.count > 50)
        let check = try CommandLineCheck(binary: binary)
        for complaint in try check.complaints(about: Array(lines.values)) {
            let place = complaint.components(separatedBy: ": ")[0]
            let isIncomplete = ["error: missing <", "error: nothing is "].contains {
                complaint.contains($0)
            }
            // A sentence may name a command without saying on what.
            guard !isIncomplete || !names.contains(place) else { continue }
            Issue.record("\(complaint)")
        }
    }

    @Test(arguments: Page.all)
    func `every job of make that is named is one`(page: Page) throws {
        let makefile = try String(
            contentsOf: projectRoot.appendingPathComponent("Makefile"), encoding: .utf8)
        for match in page.text.matches(of: #/(?:`|^ {4})make ([a-z]+)/#.anchorsMatchLineEndings()) {
            #expect(makefile.contains("\n\(match.1): "), "\(page.name): make \(match.1)")
        }
    }

    @Test func `the picture shows what the transcript says`() throws {
        let source = TranscriptTests.folder.appendingPathComponent("pages/terminal.txt")
        let transcript = try Transcript(parsing: String(contentsOf: source, encoding: .utf8))
        let picture = TerminalPicture(of: transcript, showing: ["nbgit", "sed"]).svg
        let file = projectRoot.appendingPathComponent("docs/terminal.svg")
        if Transcript.isRecording {
            return try Data(picture.utf8).write(to: file, options: .atomic)
        }
        let old = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        #expect(
            old == picture,
            "docs/terminal.svg: write it anew: NBGIT_RECORD=1 swift test --disable-xctest --filter PageTests"
        )
    }

    @Test func `every setting of nbgit's own is on its page`() throws {
        let page = try Page("docs/settings.md").text
        let sources = projectRoot.appendingPathComponent("Sources")
        for name in Fixtures.files(below: sources) where name.hasSuffix(".swift") {
            let text = try String(
                contentsOf: sources.appendingPathComponent(name), encoding: .utf8)
            for match in text.matches(of: #/"(nbgit\.[a-zA-Z]+|NBGIT_[A-Z]+)"/#) {
                #expect(page.contains(match.1), "docs/settings.md does not have '\(match.1)'")
            }
        }
    }

    // MARK: Claims

    @Test(arguments: ["docs/security.md", "docs/claims.md"])
    func `every claim names a proof that is there`(name: String) throws {
        let page = try Page(name)
        let folder = projectRoot.appendingPathComponent("docs")
        #expect(page.claims.count > 9)
        for (line, claim, proof) in page.claims {
            let links = proof.matches(of: #/\]\(([^)]+)\)(?: [“"]([^”"]+)[”"])?/#)
            #expect(!links.isEmpty, "\(name):\(line): '\(claim)' has no proof")
            for link in links {
                let file = folder.appendingPathComponent(String(link.1))
                let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
                guard file.pathExtension != "swift" || link.2 != nil else {
                    Issue.record("\(name):\(line): say which test of '\(link.1)' it is")
                    continue
                }
                guard let test = link.2 else { continue }
                let needle = file.pathExtension == "swift" ? "func `\(test)`(" : String(test)
                #expect(text.contains(needle), "\(name):\(line): '\(link.1)' has no '\(test)'")
            }
        }
    }

    @Test func `every claim of the README is proved`() throws {
        let readme = try Page("README.md").text.replacing(#/\s+/#, with: " ")
        let claims = try Page("docs/claims.md").claims.map(\.claim)
        for claim in claims {
            #expect(readme.contains(claim), "README.md does not say '\(claim)' any more")
        }
        for match in readme.matches(of: #/- \*\*([^*]+?)\.?\*\*/#) {
            #expect(
                claims.contains { $0.contains(match.1) || match.1.contains($0) },
                "docs/claims.md does not prove '\(match.1)'")
        }
    }
}
