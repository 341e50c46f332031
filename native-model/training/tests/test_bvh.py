"""The training package's own BVH reader, on files small enough to work out by hand."""

import numpy as np
import pytest

from bvh import read_bvh, world_positions
from prepare import person_of

LEG = """HIERARCHY
ROOT Hip
{
  OFFSET 9 9 9
  CHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation
  JOINT Knee
  {
    OFFSET 0 40 0
    CHANNELS 3 Zrotation Xrotation Yrotation
    End Site
    {
      OFFSET 0 30 0
    }
  }
}
MOTION
Frames: 3
Frame Time: 0.0083333
100 0 0 0 0 0 0 0 0
100 0 0 90 0 0 0 0 0
100 0 0 90 0 0 0 90 0
"""


@pytest.fixture
def nodes(tmp_path):
    path = tmp_path / "leg.bvh"
    path.write_text(LEG)
    bvh = read_bvh(path)
    assert bvh.frame_time == 0.0083333 and bvh.parents == [-1, 0, 1]
    return world_positions(bvh)


def test_position_channels_replace_the_roots_offset_and_the_rest_pose_stands(nodes):
    assert nodes["Hip"][0].tolist() == [100, 0, 0]
    assert nodes["Knee"][0].tolist() == [100, 40, 0]
    assert nodes["Knee.end"][0].tolist() == [100, 70, 0]


def test_a_quarter_turn_of_the_hip_about_z_carries_the_leg_from_plus_y_to_minus_x(nodes):
    np.testing.assert_allclose(nodes["Knee"][1], [60, 0, 0], atol=1e-9)
    np.testing.assert_allclose(nodes["Knee.end"][1], [30, 0, 0], atol=1e-9)


def test_the_knee_turns_about_the_hips_own_axes(nodes):
    # The knee's quarter turn about X takes the shin from its +Y to its +Z, which the hip's turn about Z leaves alone.
    np.testing.assert_allclose(nodes["Knee.end"][2], [60, 0, 30], atol=1e-9)


def test_clips_of_one_series_count_as_one_person_where_persons_are_unknown():
    assert person_of("cmu-native", "walk_03") == person_of("cmu-native", "walk_12") == "native-walk"
    assert person_of("cmu-daz-08", "08_01") == "cmu-daz-08"
