"""Prototypes: averages of several clips, and never of the person they are consulted for."""

import numpy as np
import torch

from config import Config, LibraryConfig
from library import clean_windows, good_frames, libraries_without_each_person, mirror, nearest, prototypes, search
from synthetic import walking_clip

TENSORS = ("windows", "vectors", "members")


def with_other_motion(data: dict, person: str) -> dict:
    """The same arrays with every clip of one person exchanged for another made-up motion of the same length."""
    positions = data["positions"].copy()
    for clip in np.flatnonzero(data["persons"] == person):
        start, stop = data["starts"][clip], data["starts"][clip + 1]
        positions[start:stop] = walking_clip(stop - start, 120.0, 100 + clip)
    return {**data, "positions": positions}


def test_a_persons_windows_have_no_part_in_the_library_used_for_them(three_persons, small_config, tmp_path):
    before = libraries_without_each_person(three_persons, small_config, tmp_path / "before.pt")
    assert sorted(before) == ["", "A", "B", "C"]
    for person in "ABC":
        changed = with_other_motion(three_persons, person)
        after = libraries_without_each_person(changed, small_config, tmp_path / f"{person}.pt")
        for name in TENSORS:
            assert torch.equal(before[person][name], after[person][name])
        for other in {"", "A", "B", "C"} - {person}:  # everyone else's library does hold them
            assert before[other]["vectors"].shape != after[other]["vectors"].shape or not torch.equal(
                before[other]["vectors"], after[other]["vectors"]
            )


def test_a_second_call_reads_what_the_first_one_saved(three_persons, small_config, tmp_path):
    made = libraries_without_each_person(three_persons, small_config, tmp_path / "cache.pt")
    read = libraries_without_each_person({}, small_config, tmp_path / "cache.pt")
    assert sorted(read) == sorted(made)
    assert all(torch.equal(made[person][name], read[person][name]) for person in made for name in TENSORS)


def test_a_cluster_of_one_clip_becomes_no_prototype():
    def cluster(place: float, offsets: list[float]) -> torch.Tensor:
        """(n, 84) equal vectors far from other clusters; the windows differ by their offsets."""
        return torch.full((len(offsets), 84), place)

    offsets = [[0.0, 1.0], [2.0, 4.0], [7.0], [10.0, 20.0, 60.0]]
    clips = torch.tensor([0, 1, 2, 2, 3, 0, 0, 2])  # two clips; one clip twice; a single window; two clips
    vectors = torch.cat([cluster(100.0 * n, part) for n, part in enumerate(offsets)])
    windows = torch.tensor(sum(offsets, [])).view(-1, 1, 1, 1).expand(-1, 8, 17, 3)
    means, members = prototypes(windows, vectors, clips, LibraryConfig(kmeans_iterations=2), seed=0, count=8)
    assert sorted(zip(means[:, 0, 0, 0].tolist(), members.tolist())) == [(0.5, 2), (30.0, 3)]


def test_every_prototype_of_made_up_motion_is_the_mean_of_windows_of_two_clips(three_persons, small_config):
    raw, clips = clean_windows(three_persons, small_config)
    windows, clips = torch.from_numpy(raw), torch.from_numpy(clips)
    vectors = windows[:, [0, -1]].flatten(1)
    means, members = prototypes(windows, vectors, clips, small_config.library, seed=1, count=40)
    assert 0 < len(means) <= 40 and bool((members >= 2).all())
    # A captured window never comes out: each mean keeps its distance from every member.
    gaps = torch.cdist(means.flatten(1), windows.flatten(1)).min(1).values
    assert bool((gaps > 1e-3).all())


def test_windows_are_cut_at_the_target_rate_with_their_mirrors(three_persons):
    config = Config()
    raw, clips = clean_windows(three_persons, config)
    # 260 frames at 120 fps; a window spans 7 * 4 + 1 = 29 frames and starts every 8 frames: 29 windows a clip.
    assert raw.shape == (2 * 6 * 29, 8, 17, 3)
    first = three_persons["positions"]
    np.testing.assert_array_equal(raw[1], first[8 : 8 + 29 : 4])
    np.testing.assert_array_equal(raw[6 * 29 + 1], mirror(first[8 : 8 + 29 : 4]))
    np.testing.assert_array_equal(clips, np.tile(np.repeat(np.arange(6), 29), 2))


def test_a_glitch_takes_its_frames_out_and_no_others():
    clip = walking_clip(50, 120.0)
    clip[20, 13] += 0.2  # faster than any limb: 0.2 m in a 120th of a second, there and back
    assert np.flatnonzero(~good_frames(clip)).tolist() == [19, 20, 21]


def test_mirroring_twice_changes_nothing_and_once_exchanges_the_sides():
    clip = walking_clip(5, 120.0)
    once = mirror(clip)
    np.testing.assert_array_equal(mirror(once), clip)
    np.testing.assert_array_equal(once[:, 13], clip[:, 16] * [-1, 1, 1])
    assert (clip[:, 4, 0] > 0).all() and (once[:, 4, 0] > 0).all()  # left stays on +X


def test_search_finds_what_a_plain_comparison_finds(rng):
    vectors = torch.from_numpy(rng.standard_normal((50, 84)).astype(np.float32))
    centres = torch.from_numpy(rng.standard_normal((30, 84)).astype(np.float32))
    distances = (vectors[:, None] - centres[None]).norm(dim=-1)
    expected = distances.sort(dim=1)
    indices, found = search(vectors, centres, 3, chunk=16)
    assert torch.equal(indices, expected.indices[:, :3])
    assert torch.allclose(found, expected.values[:, :3], atol=1e-4)
    assert torch.equal(nearest(vectors, centres, chunk=16), expected.indices[:, 0])
