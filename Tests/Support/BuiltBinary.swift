import Foundation

/// The program that was built together with the tests.
public enum BuiltBinary {
    /// The absolute path of `nbgit`, or `nil` when it was not built.
    ///
    /// Looked for in this order:
    ///
    /// 1. `NBGIT_BINARY`, to play the transcripts against another build, such as the release;
    /// 2. beside the main bundle: on Linux the tests are a program in `.build/debug`, where SwiftPM
    ///    puts all products, and its bundle is that folder;
    /// 3. beside the test bundle, wherever the command line says it is: on other systems a helper of
    ///    the toolchain is the main program and gets the bundle's path as an argument.
    public static var path: String? {
        if let chosen = ProcessInfo.processInfo.environment["NBGIT_BINARY"] {
            return URL(fileURLWithPath: chosen).path
        }
        let bundles = CommandLine.arguments.filter { $0.contains(".xctest") }
        let folders =
            [Bundle.main.bundleURL]
            + bundles.map { URL(fileURLWithPath: $0).deletingLastPathComponent() }
        return folders.map { $0.appendingPathComponent("nbgit").path }
            .first(where: FileManager.default.isExecutableFile(atPath:))
    }
}
