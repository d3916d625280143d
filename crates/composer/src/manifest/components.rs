//! Components that are named by their file: what a configuration in JSON can say.

use std::path::{Path, PathBuf};

use crate::{
    diagnostic::Diagnostic,
    disk::{Disk, is_file, respelled},
    manifest::{Leaf, Manifest, Route},
    messages::{in_other_letters, manifest as messages},
    path::{normal, relative},
    source::Origin,
    value::{Code, Import, ValueKind},
};

const EXTENSIONS: [&str; 7] = ["", ".tsx", ".ts", ".jsx", ".js", ".mts", ".mjs"];

/// Turns every component that is a string, `./src/Stock` or `./src/pages#Stock`, into a reference to that module and
/// export. Paths are relative to the file that the string stands in.
pub fn locate_components(disk: &dyn Disk, root: &Path, manifest: &mut Manifest) -> Vec<Diagnostic> {
    leaves(manifest).into_iter().filter_map(|leaf| locate(disk, root, leaf).err()).collect()
}

/// The modules that components name by strings, as they are written, each with its place.
pub fn named_modules(manifest: &mut Manifest) -> Vec<(Origin, String)> {
    let named = |leaf: &mut Leaf| match &leaf.value.kind {
        ValueKind::String(written) => {
            let specifier = written.split('#').next().unwrap_or(written);
            Some((leaf.value.origin.clone(), specifier.to_string()))
        }
        _ => None,
    };
    leaves(manifest).into_iter().filter_map(named).collect()
}

/// Every component.
fn leaves(manifest: &mut Manifest) -> Vec<&mut Leaf> {
    let mut leaves: Vec<&mut Leaf> = Vec::new();
    of_routes(&mut manifest.routes, &mut leaves);
    leaves.extend(manifest.extensions.iter_mut().map(|extension| &mut extension.component));
    leaves.extend(manifest.providers.iter_mut().map(|provider| &mut provider.component));
    leaves
}

fn of_routes<'a>(routes: &'a mut [Route], leaves: &mut Vec<&'a mut Leaf>) {
    for route in routes {
        leaves.extend(&mut route.component);
        of_routes(&mut route.children, leaves);
    }
}

fn locate(disk: &dyn Disk, root: &Path, leaf: &mut Leaf) -> Result<(), Diagnostic> {
    let ValueKind::String(written) = &leaf.value.kind else { return Ok(()) };
    let (specifier, export) = written.split_once('#').unwrap_or((written, "default"));
    let folder = root.join(&leaf.value.origin.source.path);
    let target = normal(&folder.parent().unwrap_or(root).join(specifier));
    let tried: Vec<PathBuf> = EXTENSIONS
        .iter()
        .map(|extension| PathBuf::from(format!("{}{extension}", target.display())))
        .chain(EXTENSIONS[1..].iter().map(|extension| target.join(format!("index{extension}"))))
        .collect();
    let found = tried.iter().find(|file| is_file(disk, root, file));
    let is_relative = specifier.starts_with("./") || specifier.starts_with("../");
    if found.is_some() && !is_relative && !specifier.starts_with('/') {
        return Err(messages::component_not_relative(&leaf.value.origin, written));
    }
    let Some(file) = found.filter(|_| is_relative) else {
        let names: Vec<String> = tried.iter().map(|file| relative(root, file)).collect();
        let similar = tried.iter().find_map(|file| respelled(disk, root, file));
        let similar = similar.map(|file| relative(root, &file));
        return Err(in_other_letters(
            messages::component_not_found(&leaf.value.origin, written, &names),
            similar.as_deref(),
        ));
    };
    leaf.value.kind = ValueKind::Code(Code::Import(Import {
        specifier: specifier.to_string(),
        file: Some(relative(root, file)),
        export: export.to_string(),
        lazy: true,
        call: None,
    }));
    Ok(())
}
