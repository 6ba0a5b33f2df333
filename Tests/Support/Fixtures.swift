public import Foundation

/// A folder below `Fixtures/` with all the faces of one case beside each other.
public struct Fixture: Sendable, CustomStringConvertible {
    /// The path below `Fixtures/`, such as `notebooks/python/magics`.
    public let name: String

    /// The name, which is what a parameterised test shows.
    public var description: String { name }

    /// Where a file of the fixture is.
    public func url(_ file: String) -> URL {
        Fixtures.root.appendingPathComponent(name).appendingPathComponent(file)
    }

    /// The bytes of a file of the fixture.
    public func bytes(_ file: String) throws -> [UInt8] {
        try Array(Data(contentsOf: url(file)))
    }

    /// Whether the fixture has that file.
    public func has(_ file: String) -> Bool {
        FileManager.default.fileExists(atPath: url(file).path)
    }
}

/// Finds fixtures.
public enum Fixtures {
    /// The folder `Fixtures` of the project.
    public static let root = projectRoot.appendingPathComponent("Fixtures")

    /// Every folder at or below `folder` that has a file called `face`, sorted by name.
    ///
    /// For `@Test(arguments: Fixtures.all(below: "notebooks", with: "notebook.ipynb"))`.
    public static func all(below folder: String, with face: String) -> [Fixture] {
        files(below: root.appendingPathComponent(folder))
            .filter { $0.split(separator: "/").last == Substring(face) }
            .map { Fixture(name: "\(folder)/\($0)".removingLastComponent) }
    }

    /// The paths of the files below `folder`, relative to it, sorted.
    public static func files(below folder: URL) -> [String] {
        let names = FileManager.default.subpaths(atPath: folder.path) ?? []
        return names.filter { name in
            var isFolder: ObjCBool = false
            let path = folder.appendingPathComponent(name).path
            return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
                && !isFolder.boolValue
        }.sorted()
    }
}

extension String {
    fileprivate var removingLastComponent: String {
        split(separator: "/").dropLast().joined(separator: "/")
    }
}
