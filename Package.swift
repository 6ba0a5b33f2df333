// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]
let memorySafe = settings + [.strictMemorySafety()]
/// Structures that hold a span; see docs/decisions.
let lifetimes: [SwiftSetting] = [.enableExperimentalFeature("Lifetimes")]

let package = Package(
    name: "nbgit",
    products: [
        .executable(name: "nbgit", targets: ["nbgit"]),
        .library(name: "Notebook", targets: ["Notebook"]),
        .library(name: "Laws", targets: ["Laws"]),
    ],
    targets: [
        .executableTarget(name: "nbgit", dependencies: ["Commands"], swiftSettings: settings),
        .target(
            name: "Commands",
            dependencies: ["Arguments", "Workspace", "Notebook", "Git", "Platform"],
            swiftSettings: settings),
        .target(
            name: "Workspace", dependencies: ["Notebook", "Git", "CTOML", "Platform"],
            swiftSettings: settings),
        .target(name: "Arguments", swiftSettings: memorySafe),
        .target(
            name: "Notebook", dependencies: ["CScan", "CYAML"],
            swiftSettings: memorySafe + lifetimes),
        .target(
            name: "Git", dependencies: ["Clibgit2", "CGitShims", "CTransport", "Platform"],
            swiftSettings: settings),
        .target(name: "CGitShims", dependencies: ["Clibgit2"]),
        .target(name: "CTransport", dependencies: ["COpenSSL", "CCares"]),
        .target(name: "CScan"),
        .target(name: "CTOML"),
        .target(name: "Platform", swiftSettings: memorySafe),
        .systemLibrary(
            name: "Clibgit2", pkgConfig: "libgit2",
            providers: [.apt(["libgit2-dev"]), .brew(["libgit2"])]),
        .systemLibrary(
            name: "COpenSSL", pkgConfig: "openssl",
            providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
        .systemLibrary(
            name: "CCares", pkgConfig: "libcares",
            providers: [.apt(["libc-ares-dev"]), .brew(["c-ares"])]),
        .systemLibrary(
            name: "CYAML", pkgConfig: "yaml-0.1",
            providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),

        .target(
            name: "Support", path: "Tests/Support", exclude: ["Server/git-server"],
            swiftSettings: settings),
        .target(
            name: "Laws", dependencies: ["Notebook", "Git", "Workspace", "Platform", "Support"],
            path: "Tests/Laws", swiftSettings: settings),
        .testTarget(name: "LawTests", dependencies: ["Laws", "Support"], swiftSettings: settings),
        .testTarget(
            name: "NotebookTests", dependencies: ["Notebook", "CScan", "Laws", "Support"],
            swiftSettings: settings),
        .testTarget(name: "ArgumentsTests", dependencies: ["Arguments"], swiftSettings: settings),
        .testTarget(
            name: "PlatformTests", dependencies: ["Platform", "Support"], swiftSettings: settings),
        .testTarget(
            name: "GitTests", dependencies: ["nbgit", "Git", "Platform", "Support"],
            swiftSettings: settings),
        .testTarget(
            name: "WorkspaceTests",
            dependencies: ["Workspace", "Git", "Notebook", "Platform", "Support"],
            swiftSettings: settings),
        .testTarget(
            name: "TranscriptTests", dependencies: ["nbgit", "Support"],
            exclude: [
                "Transcripts", "Jupyter/run-cells", "Jupyter/run-magic", "Jupyter/run-server",
                "Pages/compare-tools",
            ],
            swiftSettings: settings),
    ],
    cxxLanguageStandard: .cxx17
)
